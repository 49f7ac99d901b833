/** A conclusion of the report. */
export interface Conclusion {
  /** The anchor of its section on the page of conclusions; of a chapter’s own conclusion an id. */
  readonly anchor: string;
  /** Where it is drawn: in the summary or the closing chapter, or in a chapter only, which is the name of its page. */
  readonly drawn: "summary" | string;
  /** What the report concludes, in other words. */
  readonly says: string;
  /** What is to be known of it, in half a sentence without numbers. */
  readonly why: string;
  /** The statements that make it up, by their ids in claims.arrow: whether it comes out as printed follows from them. */
  readonly claims: readonly string[];
  /** The tests that it rests on, by their ids in tested-conclusions.ts: how firm it is follows from them. */
  readonly tests: readonly string[];
  /** Why nothing tests it; empty where something does. */
  readonly untested: string;
}

const share = "A share of all who answered; no groups are compared.";
const inTextOnly = "No table shows it.";

/**
 * Every conclusion of the report: those of its summary and closing chapter, the ones that matter most to a reader who
 * decides something first, and after them what its chapters conclude besides.
 */
export const conclusions: readonly Conclusion[] = [
  {
    anchor: "belief-has-fallen",
    drawn: "summary",
    says: "Fewer staff than in 2008 believe in the reform, but a majority still do; the share has fallen somewhat.",
    why: "The fall is large, not slight.",
    claims: ["sum-21", "sum-22", "sum-38", "kon-11", "kon-12"],
    tests: ["t21"],
    untested: ""
  },
  {
    anchor: "what-belief-goes-with",
    drawn: "summary",
    says: "What decides belief in the reform is whether users are better served and whether colleagues cooperate.",
    why: "They go together; nothing shows that one decides the other, and the question was about the office, not the reform.",
    claims: ["sum-27", "sum-28", "sum-29", "sum-30", "kon-15"],
    tests: ["t28-two", "t28-service"],
    untested: ""
  },
  {
    anchor: "small-offices",
    drawn: "summary",
    says: "The smaller the office, the closer its cooperation and the more positive its staff, throughout.",
    why: "True of cooperation, goals and development. Belief in the reform by size is never shown.",
    claims: ["sum-23", "sum-34", "kon-10"],
    tests: ["t17", "t18", "t19"],
    untested: ""
  },
  {
    anchor: "half-as-before",
    drawn: "summary",
    says: "Half work as before, half mix administration and professional work, and some 15 percent more work across the old borders.",
    why: "The half “as before” counts people who have no before, nobody is shown to mix, and the last are inside the two halves already.",
    claims: ["sum-06", "sum-08", "sum-09", "sum-32", "sum-36", "kon-05", "kon-06", "kon-07", "kon-08"],
    tests: [],
    untested: share
  },
  {
    anchor: "most-staff",
    drawn: "summary",
    says: "Most staff work with users who need specially adapted help; it is the most important task.",
    why: "They are the largest group and no majority, except by role and with the reception counted in.",
    claims: ["sum-02", "kon-01", "kon-02"],
    tests: [],
    untested: share
  },
  {
    anchor: "managers-and-their-staff",
    drawn: "summary",
    says: "Managers give much weight to their staff, and that may make staff more positive.",
    why: "Most tick it among their priorities. The rest has nothing behind it but the managers’ own answers.",
    claims: ["sum-31", "sum-33", "enh-37"],
    tests: [],
    untested: "No table has managers and their staff together."
  },
  {
    anchor: "the-sick",
    drawn: "summary",
    says: "Those who follow up the sick have the most users, and feel that these should get more.",
    why: "The first by a wide margin; of the second it depends on where the answers are cut.",
    claims: ["sum-10", "sum-11", "kon-03", "kon-04"],
    tests: ["t12", "t13"],
    untested: ""
  },
  {
    anchor: "the-higher-the-more-positive",
    drawn: "summary",
    says: "Managers believe most, and belief rises with each step of the hierarchy.",
    why: "The order is as said; neither step is significant by itself.",
    claims: ["sum-25", "sum-26", "kon-13", "kon-14"],
    tests: ["t25", "t26"],
    untested: ""
  },
  {
    anchor: "cooperation-and-training",
    drawn: "summary",
    says: "A large majority find that the office cooperates closely and that they had enough training.",
    why: "Both shares hold; that cooperation is professional was not asked.",
    claims: ["sum-13", "sum-14", "kon-09", "kon-17"],
    tests: [],
    untested: share
  },
  {
    anchor: "newcomers-and-aetat",
    drawn: "summary",
    says: "Those newly hired and those from Aetat believe more than the other two groups.",
    why: "The order is as said, the difference too small to be sure of.",
    claims: ["sum-24"],
    tests: ["t24"],
    untested: ""
  },
  {
    anchor: "who-does-what",
    drawn: "summary",
    says: "Former state staff mostly work in administration and management, the newly hired with jobseekers who need more guidance, those from Aetat with ordinary jobseekers.",
    why: "True of the newly hired. The other two hold only when turned round.",
    claims: ["sum-01", "sum-03", "sum-04", "sum-05"],
    tests: [],
    untested: "Shares of each group; which of two answers it gives more often."
  },
  {
    anchor: "gains-and-strains",
    drawn: "summary",
    says: "Staff see gains, are moved by the good of the users, and bear heavy strains from the reorganisation.",
    why: "The summary repeats the chapter’s own numbers.",
    claims: ["sum-12", "sum-15", "sum-16", "sum-17", "sum-18", "sum-19", "sum-20", "sum-37", "kon-19", "kon-20"],
    tests: [],
    untested: inTextOnly
  },
  {
    anchor: "new-roles-and-specialists",
    drawn: "summary",
    says: "New occupational roles may have come about, and larger offices may be more specialised.",
    why: "The report calls both possible, and has no table on either.",
    claims: ["sum-35", "kon-18", "kon-21"],
    tests: [],
    untested: inTextOnly
  },
  {
    anchor: "background-by-size",
    drawn: "who-works-here",
    says: "Previous workplaces are spread much the same in offices of all sizes.",
    why: "As a whole; the share from Trygdeetaten falls with size.",
    claims: ["hvem-06"],
    tests: ["t2"],
    untested: ""
  },
  {
    anchor: "roles-by-gender",
    drawn: "roles",
    says: "Women’s and men’s roles do not differ significantly.",
    why: "Taken together. By position they do.",
    claims: ["hvem-12"],
    tests: ["t3"],
    untested: ""
  },
  {
    anchor: "roles-by-background",
    drawn: "roles",
    says: "Former state staff are more often in reception and in management, the newly hired in follow-up.",
    why: "As shares of each group.",
    claims: ["hvem-14", "hvem-15", "hvem-16"],
    tests: ["t4"],
    untested: ""
  },
  {
    anchor: "half-of-the-advisers",
    drawn: "across-borders",
    says: "Half of the advisers may no longer be specialists.",
    why: "It is more than half of those with varied tasks who are advisers, and two fifths of the advisers who have varied tasks.",
    claims: ["int-15"],
    tests: [],
    untested: share
  },
  {
    anchor: "users-and-need",
    drawn: "caseloads",
    says: "The more users, the more of them need closer follow-up.",
    why: "Up to 250 users.",
    claims: ["bru-24"],
    tests: ["t14"],
    untested: ""
  },
  {
    anchor: "background-of-managers",
    drawn: "who-leads",
    says: "More unit managers come from the state agencies than from the municipality or the newly hired.",
    why: "Clear for Trygdeetaten; for Aetat it hangs on one person.",
    claims: ["led-01", "led-02", "led-04"],
    tests: ["t15"],
    untested: ""
  },
  {
    anchor: "men-lead-more",
    drawn: "who-leads",
    says: "More women than men lead, but a larger share of the men.",
    why: "",
    claims: ["led-08", "led-11"],
    tests: ["t16"],
    untested: ""
  },
  {
    anchor: "training-by-size",
    drawn: "cooperation",
    says: "Training differs little and not significantly by size of office.",
    why: "",
    claims: ["opp-28", "opp-29"],
    tests: ["t20"],
    untested: ""
  },
  {
    anchor: "belief-by-year",
    drawn: "belief",
    says: "Staff of the offices opened in 2007 believe least.",
    why: "If colleagues resemble each other as is usual, chance could give it.",
    claims: ["opp-43", "opp-44"],
    tests: ["t23"],
    untested: ""
  },
  {
    anchor: "employers-by-size",
    drawn: "unit-managers",
    says: "Cooperation with employers does not differ significantly by size of office.",
    why: "",
    claims: ["enh-19"],
    tests: ["t30"],
    untested: ""
  },
  {
    anchor: "follow-up-service-by-size",
    drawn: "unit-managers",
    says: "Nor does cooperation with the youth follow-up service.",
    why: "",
    claims: ["enh-21"],
    tests: ["t31"],
    untested: ""
  },
  {
    anchor: "managers-belief",
    drawn: "unit-managers",
    says: "Managers who name their staff among their priorities believe more in the reform, but not significantly.",
    why: "Seven did not name them.",
    claims: ["enh-35", "enh-38"],
    tests: ["t33"],
    untested: ""
  },
  {
    anchor: "priority-by-size",
    drawn: "unit-managers",
    says: "Small and larger offices give the same priority to staff.",
    why: "They differ, though not significantly.",
    claims: ["enh-40"],
    tests: ["t34"],
    untested: ""
  }
];
