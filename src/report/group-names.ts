import type {Text} from "../figures/drawing.js";

/** What pages call groups that they make and the codebook does not have, by the codes that their cells give them. */
export const groupNames: Readonly<Record<string, Text>> = {
  about_half: {en: "Half of the users or more", no: "Halvparten av brukerne eller flere"},
  advisers: {en: "All advisers", no: "Alle veiledere"},
  all_agencies: {en: "All from the three agencies", no: "Alle fra de tre etatene"},
  drawn_away: {en: "State targets draw resources away", no: "De statlige målene trekker ressurser vekk"},
  either_level: {en: "Leads at either level", no: "Leder på ett av nivåene"},
  everybody: {en: "Everybody", no: "Alle"},
  old_fields: {en: "The three old fields together", no: "De tre gamle feltene i alt"},
  older: {en: "agree, offices of 2006–07", no: "enig, kontor fra 2006–07"},
  partnership: {en: "Partnership with the municipality a strength", no: "Partnerskapet med kommunen en styrke"},
  planning: {en: "Drawn into municipal planning", no: "Trukket med i planarbeid i kommunen"},
  time_to_include: {en: "Those who answered", no: "De som svarte"},
  useful: {en: "State targets are useful", no: "De statlige målene er til nytte"},
  with_users: {en: "Those who have users", no: "De som har brukere"}
};
