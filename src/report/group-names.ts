import type {Text} from "../figures/drawing.js";

/** What pages call groups that they make and the codebook does not have, by the codes that their cells give them. */
export const groupNames: Readonly<Record<string, Text>> = {
  about_half: {en: "Half of the users or more", no: "Halvparten av brukerne eller flere"},
  advisers: {en: "All advisers", no: "Alle veiledere"},
  all_agencies: {en: "All from the three agencies", no: "Alle fra de tre etatene"},
  either_level: {en: "Leads at either level", no: "Leder på ett av nivåene"},
  everybody: {en: "Everybody", no: "Alle"},
  old_fields: {en: "The three old fields together", no: "De tre gamle feltene i alt"},
  with_users: {en: "Those who have users", no: "De som har brukere"}
};
