import type {Recode} from "../multiverse/specification.js";
import type {TableId} from "../tables/table-id.js";

/** What a conclusion says of the groups: that they differ, that they do not, or how they are ordered. */
export type Finding =
  | {readonly kind: "difference"}
  | {readonly kind: "no_difference"}
  /** Each of the groups in `above` scores higher than each of those in `below`. */
  | {readonly kind: "higher"; readonly above: readonly string[]; readonly below: readonly string[]}
  /** The groups' scores fall (or rise) all the way, in the order of the codebook. */
  | {readonly kind: "falling" | "rising"}
  /** The later half of the groups scores higher, in the mean, than the earlier half. */
  | {readonly kind: "rather_rising"};

/** A conclusion that rests on one crosstab (or, between surveys, on two frequency tables). */
export interface TestedConclusion {
  readonly id: string;
  /** The table that it rests on: the first of them where there are two. */
  readonly table: TableId;
  /** What the report concludes, in other words. */
  readonly says: string;
  readonly finding: Finding;
  /** The groups that are compared; `survey` for two surveys. */
  readonly group: string;
  /** The answer that is compared, a variable of the respondents. */
  readonly outcome: string;
  /** The ways to read the answer that could be defended, the report's own first. */
  readonly recodes: readonly Recode[];
  /** Set where most of those without an answer were not asked, so that they cannot be a category. */
  readonly notAllAsked?: true;
}

const agreement = (printed: "five" | "two" = "five"): readonly Recode[] => {
  const five: Recode = {
    id: "five",
    says: "all five answers",
    groups: [["disagree"], ["partly_disagree"], ["neither"], ["partly_agree"], ["agree"]]
  };
  const two: Recode = {
    id: "agree",
    says: "agreement, full or partial",
    groups: [
      ["disagree", "partly_disagree", "neither"],
      ["partly_agree", "agree"]
    ]
  };
  const others: readonly Recode[] = [
    {
      id: "three",
      says: "disagree, neither, agree",
      groups: [["disagree", "partly_disagree"], ["neither"], ["partly_agree", "agree"]]
    },
    {
      id: "fully",
      says: "full agreement only",
      groups: [["disagree", "partly_disagree", "neither", "partly_agree"], ["agree"]]
    },
    {
      id: "not_against",
      says: "anything but disagreement",
      groups: [
        ["disagree", "partly_disagree"],
        ["neither", "partly_agree", "agree"]
      ]
    }
  ];
  return printed === "five" ? [five, two, ...others] : [two, five, ...others];
};

/** Four grades from much to none: all, or cut after the first or the second. Scores rise with the extent. */
const grades = (
  codes: readonly [string, string, string, string],
  names: readonly [string, string]
): readonly Recode[] => [
  {id: "four", says: "all four answers", groups: [[codes[3]], [codes[2]], [codes[1]], [codes[0]]]},
  {
    id: "two_up",
    says: names[1],
    groups: [
      [codes[2], codes[3]],
      [codes[0], codes[1]]
    ]
  },
  {id: "first", says: names[0], groups: [[codes[1], codes[2], codes[3]], [codes[0]]]}
];

const extent = grades(
  ["great_extent", "some_extent", "little_extent", "not_at_all"],
  ["to a great extent only", "to some extent at least"]
);

const need = grades(
  ["over_two_thirds", "about_half", "under_one_third", "none"],
  ["more than two thirds of the users", "half of the users or more"]
);

const backgrounds: readonly Recode[] = [
  {id: "four", says: "all four backgrounds", groups: [["aetat"], ["trygdeetaten"], ["municipality"], ["hired_later"]]},
  {
    id: "origin",
    says: "state, municipality, hired later",
    groups: [["aetat", "trygdeetaten"], ["municipality"], ["hired_later"]]
  },
  {
    id: "state",
    says: "from the state or not",
    groups: [
      ["municipality", "hired_later"],
      ["aetat", "trygdeetaten"]
    ]
  }
];

const roles: readonly Recode[] = [
  {
    id: "six",
    says: "all six roles",
    groups: [["adviser_reception"], ["adviser_follow_up"], ["adviser_both"], ["management"], ["clerical"], ["other"]]
  },
  {
    id: "three",
    says: "advisers, administration, other",
    groups: [["adviser_reception", "adviser_follow_up", "adviser_both"], ["management", "clerical"], ["other"]]
  },
  {
    id: "adviser",
    says: "advisers or not",
    groups: [
      ["management", "clerical", "other"],
      ["adviser_reception", "adviser_follow_up", "adviser_both"]
    ]
  }
];

const caseloads: readonly Recode[] = [
  {
    id: "seven",
    says: "all seven answers",
    groups: [["none"], ["under_20"], ["20_50"], ["50_100"], ["100_150"], ["150_250"], ["over_250"]]
  },
  {
    id: "over_50",
    says: "50 users or more",
    groups: [
      ["none", "under_20", "20_50"],
      ["50_100", "100_150", "150_250", "over_250"]
    ]
  },
  {
    id: "over_100",
    says: "100 users or more",
    groups: [
      ["none", "under_20", "20_50", "50_100"],
      ["100_150", "150_250", "over_250"]
    ]
  }
];

const positions: readonly Recode[] = [
  {id: "three", says: "all three positions", groups: [["employee"], ["section_manager"], ["unit_manager"]]},
  {id: "managers", says: "managers or not", groups: [["employee"], ["section_manager", "unit_manager"]]},
  {id: "unit", says: "unit managers or not", groups: [["employee", "section_manager"], ["unit_manager"]]}
];

const priority: readonly Recode[] = [{id: "two", says: "yes or no", groups: [["no"], ["yes"]]}];

const difference: Finding = {kind: "difference"};
const noDifference: Finding = {kind: "no_difference"};

/** The report's conclusions that rest on a printed crosstab, in the order of its tables. */
export const testedConclusions: readonly TestedConclusion[] = [
  {
    id: "t2",
    table: 2,
    says: "Previous workplace does not differ significantly by size of office",
    finding: noDifference,
    group: "office_size",
    outcome: "background",
    recodes: backgrounds
  },
  {
    id: "t3",
    table: 3,
    says: "Women’s and men’s roles do not differ significantly",
    finding: noDifference,
    group: "gender",
    outcome: "role",
    recodes: roles
  },
  {
    id: "t4",
    table: 4,
    says: "Roles differ by previous workplace",
    finding: difference,
    group: "background",
    outcome: "role",
    recodes: roles
  },
  {
    id: "t12",
    table: 12,
    says: "Those who follow up the sick have the most users",
    finding: {kind: "higher", above: ["sick"], below: ["unemployed", "social_assistance", "varied"]},
    group: "field",
    outcome: "caseload",
    recodes: caseloads
  },
  {
    id: "t13",
    table: 13,
    says: "Those who follow up the sick see the most need for closer follow-up",
    finding: {kind: "higher", above: ["sick"], below: ["unemployed", "social_assistance", "varied"]},
    group: "field",
    outcome: "follow_up_need",
    recodes: need,
    notAllAsked: true
  },
  {
    id: "t14",
    table: 14,
    says: "Staff with many users see more need for closer follow-up",
    finding: {kind: "rather_rising"},
    group: "caseload",
    outcome: "follow_up_need",
    recodes: need,
    notAllAsked: true
  },
  {
    id: "t15",
    table: 15,
    says: "Managers differ from others in their previous workplace",
    finding: difference,
    group: "position",
    outcome: "background",
    recodes: backgrounds
  },
  {
    id: "t16",
    table: 16,
    says: "Men are managers more often than women",
    finding: {kind: "higher", above: ["man"], below: ["woman"]},
    group: "gender",
    outcome: "position",
    recodes: positions
  },
  {
    id: "t17",
    table: 17,
    says: "The smaller the office, the closer the cooperation",
    finding: {kind: "falling"},
    group: "office_size",
    outcome: "cooperation",
    recodes: agreement()
  },
  {
    id: "t18",
    table: 18,
    says: "The smaller the office, the more its goals are shared",
    finding: {kind: "falling"},
    group: "office_size",
    outcome: "shared_goals",
    recodes: agreement()
  },
  {
    id: "t19",
    table: 19,
    says: "The smaller the office, the better its development is seen",
    finding: {kind: "falling"},
    group: "office_size",
    outcome: "development",
    recodes: agreement()
  },
  {
    id: "t20",
    table: 20,
    says: "Training does not differ significantly by size of office",
    finding: noDifference,
    group: "office_size",
    outcome: "training",
    recodes: extent
  },
  {
    id: "t21",
    table: 21,
    says: "Belief in the reform was stronger in 2008 than in 2010",
    finding: {kind: "falling"},
    group: "survey",
    outcome: "view_of_reform",
    recodes: agreement()
  },
  {
    id: "t23",
    table: 23,
    says: "Belief in the reform differs by the year the office opened",
    finding: difference,
    group: "start_year",
    outcome: "view_of_reform",
    recodes: agreement()
  },
  {
    id: "t24",
    table: 24,
    says: "Newly hired and former Aetat staff believe more in the reform than the others",
    finding: {kind: "higher", above: ["aetat", "hired_later"], below: ["trygdeetaten", "municipality"]},
    group: "background",
    outcome: "view_of_reform",
    recodes: agreement()
  },
  {
    id: "t25",
    table: 25,
    says: "Belief in the reform differs by role",
    finding: difference,
    group: "role",
    outcome: "view_of_reform",
    recodes: agreement("two")
  },
  {
    id: "t26",
    table: 26,
    says: "The higher the position, the stronger the belief in the reform",
    finding: {kind: "falling"},
    group: "position",
    outcome: "view_of_reform",
    recodes: agreement()
  },
  {
    id: "t30",
    table: 30,
    says: "Cooperation with employers does not differ significantly by size of office",
    finding: noDifference,
    group: "office_size",
    outcome: "cooperation_employers",
    recodes: extent
  },
  {
    id: "t31",
    table: 31,
    says: "Cooperation with youth follow-up does not differ significantly by size of office",
    finding: noDifference,
    group: "office_size",
    outcome: "cooperation_follow_up",
    recodes: extent
  },
  {
    id: "t33",
    table: 33,
    says: "Managers who name their staff among their priorities do not differ significantly in belief",
    finding: noDifference,
    group: "prioritises_staff",
    outcome: "view_of_reform",
    recodes: agreement()
  },
  {
    id: "t34",
    table: 34,
    says: "Priority for staff does not differ significantly by size of office",
    finding: noDifference,
    group: "office_size",
    outcome: "prioritises_staff",
    recodes: priority
  }
];
