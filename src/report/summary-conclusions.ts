/** How well a conclusion holds, in the order in which an account of them reads best. */
export const conclusionVerdicts = {
  holds: {words: "Holds", mark: "✓"},
  in_part: {words: "Holds in part", mark: "≈"},
  fails: {words: "Does not hold as said", mark: "≠"},
  open: {words: "Cannot be checked", mark: "–"}
} as const;

/** How well a conclusion holds. */
export type ConclusionVerdict = keyof typeof conclusionVerdicts;

/** A conclusion of the report’s summary and closing chapter. */
export interface Conclusion {
  /** The anchor of its section on the page of conclusions. */
  readonly anchor: string;
  /** What the report concludes, in other words. */
  readonly says: string;
  readonly verdict: ConclusionVerdict;
  /** Why, in half a sentence without numbers. */
  readonly why: string;
  /** The statements of the summary and the closing chapter that make it up, by their ids in claims.arrow. */
  readonly claims: readonly string[];
}

/** Every conclusion of the report, those that matter most to a reader who decides something first. */
export const conclusions: readonly Conclusion[] = [
  {
    anchor: "belief-has-fallen",
    says: "Fewer staff than in 2008 believe in the reform, but a majority still do.",
    verdict: "holds",
    why: "The fall is large, not slight.",
    claims: ["sum-21", "sum-22", "sum-38", "kon-11", "kon-12"]
  },
  {
    anchor: "what-belief-goes-with",
    says: "What decides belief is whether users are better served and whether colleagues cooperate.",
    verdict: "in_part",
    why: "They go together; nothing shows that one decides the other, and the question was about the office, not the reform.",
    claims: ["sum-27", "sum-28", "sum-29", "sum-30", "kon-15"]
  },
  {
    anchor: "small-offices",
    says: "The smaller the office, the closer its cooperation and the more positive its staff, throughout.",
    verdict: "in_part",
    why: "True of three questions in four. Belief in the reform by size is never shown.",
    claims: ["sum-23", "sum-34", "kon-10"]
  },
  {
    anchor: "half-as-before",
    says: "Half work as before, half mix administration and professional work, and some 15 percent more work across the old borders.",
    verdict: "fails",
    why: "The half “as before” counts people who have no before, and the last are inside the two halves already.",
    claims: ["sum-06", "sum-08", "sum-09", "sum-32", "sum-36", "kon-05", "kon-06", "kon-07", "kon-08"]
  },
  {
    anchor: "most-staff",
    says: "Most staff work with users who need specially adapted help; it is the most important task.",
    verdict: "fails",
    why: "They are the largest group and no majority. How important a task is nobody asked.",
    claims: ["sum-02", "kon-01", "kon-02"]
  },
  {
    anchor: "managers-and-their-staff",
    says: "Managers put their staff first, and that may make staff more positive.",
    verdict: "in_part",
    why: "The first half holds. The second has nothing behind it but the managers’ own answers.",
    claims: ["sum-31", "sum-33"]
  },
  {
    anchor: "the-sick",
    says: "Those who follow up the sick have the most users, and feel most that these get too little.",
    verdict: "holds",
    why: "Both by a clear margin.",
    claims: ["sum-10", "sum-11", "kon-03", "kon-04"]
  },
  {
    anchor: "the-higher-the-more-positive",
    says: "Managers believe most, and belief rises with each step of the hierarchy.",
    verdict: "holds",
    why: "One P value is misprinted; nothing hangs on it.",
    claims: ["sum-25", "sum-26", "kon-13", "kon-14"]
  },
  {
    anchor: "cooperation-and-training",
    says: "Most find that the office cooperates closely and that they had enough training.",
    verdict: "holds",
    why: "Though “a large majority” is used of shares that lie well apart.",
    claims: ["sum-13", "sum-14", "kon-09", "kon-17"]
  },
  {
    anchor: "newcomers-and-aetat",
    says: "Those newly hired and those from Aetat believe more than the other two groups.",
    verdict: "in_part",
    why: "The order is right, the difference too small to be sure of.",
    claims: ["sum-24"]
  },
  {
    anchor: "who-does-what",
    says: "Former state staff mostly work in administration and management, the newly hired with jobseekers who need more guidance, and those from Aetat with ordinary jobseekers.",
    verdict: "in_part",
    why: "True of the newly hired. The other two hold only when turned round: most in administration and management are former state staff, and those who serve ordinary jobseekers come from Aetat more often than from anywhere else.",
    claims: ["sum-01", "sum-03", "sum-04", "sum-05"]
  },
  {
    anchor: "gains-and-strains",
    says: "Staff see gains, are moved by the good of the users, and bear heavy strains from the reorganisation.",
    verdict: "open",
    why: "No table shows any of it.",
    claims: ["sum-12", "sum-15", "sum-16", "sum-17", "sum-18", "sum-19", "sum-20", "sum-37", "kon-19", "kon-20"]
  },
  {
    anchor: "new-roles-and-specialists",
    says: "New occupational roles may have come about, and larger offices may be more specialised.",
    verdict: "open",
    why: "The report calls both possible, and has no table on either.",
    claims: ["sum-35", "kon-18", "kon-21"]
  }
];
