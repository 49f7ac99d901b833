import {sum} from "./crosstab.js";
import {type Sphere, sphereOf, type Verdict, verdicts} from "./verdict.js";

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
export type Funnel = ReturnType<typeof funnelOf>;

/** Counts everything that pages give totals of. */
export function funnelOf({printed, checks, claims, errata}: Counted) {
  const settling = checks.filter(({numbers}) => numbers > 0);
  const checked = sum(settling.map(({numbers}) => numbers));
  const relations = checks.filter(({numbers}) => numbers === 0);
  const counts = checks.filter(({kind}) => kind === "count");
  const surveyOf = ({formula}: (typeof counts)[number]) => formula?.split(" ").at(-1) ?? "";
  const against = (ground: string) => {
    const some = claims.filter((claim) => claim.against === ground);
    return {all: some.length, by: tallyOf(some)};
  };
  const nothing = claims.filter((claim) => claim.against === "nothing");
  const lacks = new Map<string, number>();
  for (const {lacks: what} of nothing) lacks.set(what ?? "", (lacks.get(what ?? "") ?? 0) + 1);
  const bears = (bearing: string) => errata.filter(({conclusion}) => conclusion === bearing).length;
  const [changed, weakened] = [bears("changed"), bears("weakened")];
  const stand = (sphere: Sphere) => errata.filter((erratum) => sphereOf(erratum) === sphere).length;
  return {
    /** Printed numbers: all; those that something settles, by verdict; and the rest, marks on the axes of charts. */
    numbers: {printed, checked, unchecked: printed - checked, by: tallyOf(settling, ({numbers}) => numbers)},
    /** Of these, the counts that are held against respondents: in how many tables, and by survey. */
    counts: {
      all: heldOf(counts),
      bySurvey: new Map(
        counts.map(surveyOf).map((survey) => [survey, heldOf(counts.filter((row) => surveyOf(row) === survey))])
      )
    },
    /** Checks that settle no number: relations between numbers, and the form of what is printed. */
    relations: {all: relations.length, by: tallyOf(relations)},
    /** Statements of the text: against tables, against other words of the text, against nothing; and those that fail. */
    statements: {
      all: claims.length,
      tables: against("tables"),
      text: against("text"),
      nothing: {all: nothing.length, lacks: lacks as ReadonlyMap<string, number>},
      failing: claims.filter(({verdict}) => verdict === "differs" || verdict === "inconsistent").length
    },
    /** Errors: all, those that bear on a conclusion, and where they stand. */
    errors: {
      all: errata.length,
      bearing: changed + weakened,
      changed,
      weakened,
      by: {numbers: stand("numbers"), labels: stand("labels"), text: stand("text")}
    }
  };
}

function tallyOf<Row extends {readonly verdict: Verdict}>(
  rows: readonly Row[],
  weight: (row: Row) => number = () => 1
) {
  const of = (verdict: Verdict) => sum(rows.filter((row) => row.verdict === verdict).map(weight));
  return Object.fromEntries(verdicts.map((verdict) => [verdict, of(verdict)])) as Readonly<Record<Verdict, number>>;
}

/** How many counts some checks hold against respondents, and how many of them are equal. */
function heldOf(checks: Counted["checks"]) {
  return {
    tables: checks.length,
    compared: sum(checks.map(({upper}) => upper ?? 0)),
    equal: sum(checks.map(({recomputed_value}) => recomputed_value ?? 0))
  };
}
