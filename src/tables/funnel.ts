import {type Sphere, sphereOf, type Verdict, verdicts} from "./verdict.js";

/** How many had each verdict. */
export type Tally = Readonly<Record<Verdict, number>>;

/** Lines of checks.arrow, claims.arrow and errata.json, as far as they are counted. */
export interface Counted {
  /** The lines of published.arrow: every number that tables and charts print, those of their notes included. */
  readonly printed: number;
  readonly checks: readonly {
    readonly kind: string;
    readonly verdict: Verdict;
    /** How many printed numbers it settles; every printed number is settled once. */
    readonly numbers: number;
    readonly upper: number | null;
    readonly recomputed_value: number | null;
    readonly formula: string | null;
  }[];
  readonly claims: readonly {
    readonly verdict: Verdict;
    readonly against: "tables" | "text" | "nothing";
    readonly lacks: string | null;
  }[];
  readonly errata: readonly {
    readonly kind: string;
    readonly checks: readonly string[];
    readonly conclusion: "changed" | "weakened" | "unchanged";
  }[];
}

/** Every total that this site names, each with what it is a part of. No page counts for itself. */
export interface Funnel {
  /** Printed numbers: all; those that something settles, by verdict; and the rest, which are marks on the axes of charts. */
  readonly numbers: {
    readonly printed: number;
    readonly checked: number;
    readonly unchecked: number;
    readonly by: Tally;
  };
  /** Of these, the counts that are held against respondents: by survey, and in how many tables. */
  readonly counts: {
    readonly all: Compared;
    readonly bySurvey: ReadonlyMap<string, Compared>;
  };
  /** Checks that settle no number: relations between numbers, and the form of what is printed. */
  readonly relations: {readonly all: number; readonly by: Tally};
  /** Statements of the text: against tables, against other words of the text, against nothing. */
  readonly statements: {
    readonly all: number;
    readonly tables: {readonly all: number; readonly by: Tally};
    readonly text: {readonly all: number; readonly by: Tally};
    readonly nothing: {readonly all: number; readonly lacks: ReadonlyMap<string, number>};
    /** Of all, those that fail: against tables or against the text. */
    readonly failing: number;
  };
  /** Errors: all, those that bear on a conclusion, and where they stand. */
  readonly errors: {
    readonly all: number;
    readonly bearing: number;
    readonly changed: number;
    readonly weakened: number;
    readonly by: Readonly<Record<Sphere, number>>;
  };
}

/** Counts held against respondents. */
export interface Compared {
  readonly tables: number;
  readonly compared: number;
  readonly equal: number;
}

/** Counts everything that pages give totals of. */
export function funnelOf({printed, checks, claims, errata}: Counted): Funnel {
  const settling = checks.filter(({numbers}) => numbers > 0);
  const checked = settling.reduce((sum, {numbers}) => sum + numbers, 0);
  const relations = checks.filter(({numbers}) => numbers === 0);
  const against = (ground: string) => {
    const some = claims.filter((claim) => claim.against === ground);
    return {all: some.length, by: tallyOf(some)};
  };
  const nothing = claims.filter((claim) => claim.against === "nothing");
  const bears = (bearing: string) => errata.filter(({conclusion}) => conclusion === bearing).length;
  const spheres = errata.map(sphereOf);
  const stand = (sphere: Sphere) => spheres.filter((own) => own === sphere).length;
  return {
    numbers: {printed, checked, unchecked: printed - checked, by: tallyOf(settling, ({numbers}) => numbers)},
    counts: countsOf(checks),
    relations: {all: relations.length, by: tallyOf(relations)},
    statements: {
      all: claims.length,
      tables: against("tables"),
      text: against("text"),
      nothing: {all: nothing.length, lacks: countBy(nothing.map(({lacks}) => lacks ?? ""))},
      failing: claims.filter(({verdict}) => verdict === "differs" || verdict === "inconsistent").length
    },
    errors: {
      all: errata.length,
      bearing: bears("changed") + bears("weakened"),
      changed: bears("changed"),
      weakened: bears("weakened"),
      by: {numbers: stand("numbers"), labels: stand("labels"), text: stand("text")}
    }
  };
}

function tallyOf<Row extends {readonly verdict: Verdict}>(
  rows: readonly Row[],
  weight: (row: Row) => number = () => 1
): Tally {
  const sum = (verdict: Verdict) => rows.reduce((all, row) => all + (row.verdict === verdict ? weight(row) : 0), 0);
  return Object.fromEntries(verdicts.map((verdict) => [verdict, sum(verdict)])) as Tally;
}

function countsOf(checks: Counted["checks"]): Funnel["counts"] {
  const found = checks.filter(({kind}) => kind === "count");
  const total = (some: typeof found): Compared => ({
    tables: some.length,
    compared: some.reduce((sum, {upper}) => sum + (upper ?? 0), 0),
    equal: some.reduce((sum, {recomputed_value}) => sum + (recomputed_value ?? 0), 0)
  });
  const surveyOf = ({formula}: (typeof found)[number]) => formula?.split(" ").at(-1) ?? "";
  const surveys = [...new Set(found.map(surveyOf))];
  return {
    all: total(found),
    bySurvey: new Map(surveys.map((survey) => [survey, total(found.filter((row) => surveyOf(row) === survey))]))
  };
}

function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
