/** What pages call variables and groups that their cells make and the codebook does not have, by their codes. */
export const madeLabels: Readonly<Record<string, {readonly en: string; readonly no: string}>> = {
  people: {en: "Group", no: "Gruppe"},
  question: {en: "Question", no: "Spørsmål"},
  advisers: {en: "All advisers", no: "Alle veiledere"},
  all_agencies: {en: "All from the three agencies", no: "Alle fra de tre etatene"},
  drawn_away: {en: "State targets draw resources away", no: "De statlige målene trekker ressurser vekk"},
  either_level: {en: "Leads at either level", no: "Leder på ett av nivåene"},
  everybody: {en: "Everybody", no: "Alle"},
  half_or_more: {en: "Half of the users or more", no: "Halvparten av brukerne eller flere"},
  old_fields: {en: "The three old fields together", no: "De tre gamle feltene i alt"},
  older: {en: "agree, offices of 2006–07", no: "enig, kontor fra 2006–07"},
  partnership: {en: "Partnership with the municipality a strength", no: "Partnerskapet med kommunen en styrke"},
  planning: {en: "Drawn into municipal planning", no: "Trukket med i planarbeid i kommunen"},
  staff_named_no: {en: "Staff not named", no: "Ikke nevnt"},
  staff_named_yes: {en: "Staff named", no: "Nevnt"},
  useful: {en: "State targets are useful", no: "De statlige målene er til nytte"},
  with_users: {en: "Those who have users", no: "De som har brukere"}
};
