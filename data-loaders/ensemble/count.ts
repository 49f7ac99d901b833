import {table} from "arquero";
import {type MemberKind, openEnsemble, type Recipe, type Spread, spread} from "../../src/multiverse/ensemble.js";
import type {CountVariable} from "../read/counts.js";
import type {Bound} from "../reconstruction/bounds.js";
import {type Columns, cellCounter} from "../reconstruction/verify.js";
import type {Drawn} from "./draw.js";
import {independentMembers, shareInCommon} from "./mixing.js";

/** What is said of the ensemble: `ensemble.json`. */
export interface EnsembleAccount extends Recipe {
  /** The walks: on which variables, and in how many of how many steps answers were exchanged. */
  readonly walks: readonly {readonly variables: readonly string[]; readonly tried: number; readonly made: number}[];
  /** Steps between members for each variable of a walk. */
  readonly thinning: number;
  readonly mixing: {
    /** Cells of unprinted crosstabs that the walks can change. */
    readonly cells: number;
    /** How many independent members the even ones are worth, over those cells: the middle one, and the lowest 5%. */
    readonly median: number;
    readonly low: number;
    /** Mean correlation of a cell’s counts in two even members that follow each other. */
    readonly correlation: number;
    /** Share of respondents that two members have in common, all stored answers alike: neighbours, and any two. */
    readonly alikeNext: number;
    readonly alikeAny: number;
  };
  /** Mean share of the exact range (upper − lower bound) that the members’ counts span, by kind, and of both. */
  readonly coverage: Readonly<Record<MemberKind | "both", number>>;
}

/** The parts of a spread, in the order of {@link Counted}. */
export const spreadParts: readonly (keyof Spread)[] = ["least", "low", "middle", "high", "most"];

/** What is said of an ensemble, and for every unprinted cell the spread of its counts in the members of a kind. */
export interface Counted {
  readonly account: EnsembleAccount;
  readonly spreads: Readonly<Record<MemberKind, readonly (readonly number[])[]>>;
}

/** Members as walks have drawn them, to be put together by the recipe and counted in the cells that have bounds. */
interface CountInput {
  readonly variables: readonly CountVariable[];
  /** The published respondents. */
  readonly columns: Columns;
  readonly bounds: readonly Bound[];
  readonly recipe: Recipe;
  readonly drawn: Drawn;
  readonly thinning: number;
}

/** An unprinted cell with its bounds and its count in every member. */
interface CellCounts extends Bound {
  readonly counts: readonly number[];
}

/** Counts every unprinted cell in every member. */
export function countEnsemble({variables, columns, bounds, recipe, drawn, thinning}: CountInput): Counted {
  const stored = variables.flatMap(({name, codes}) => {
    const digits = drawn.levels[name];
    if (digits === undefined) return [];
    return [[name, Array.from(digits, (digit) => codes[Number.parseInt(digit, 36)] ?? null)] as const];
  });
  // A report whose tables ask for no walk has no answers to store, and as many members all the same.
  const member = recipe.kinds.flatMap((_, k) => new Array<number>(recipe.n).fill(k));
  const ensemble = openEnsemble(table([["member", member], ...stored]), table(Object.entries(columns)), recipe);
  const counter = cellCounter(bounds, variables);
  const counted = recipe.kinds.map((_, k) => counter(ensemble.columns(k)));
  const cells = bounds.map((bound, i): CellCounts => ({...bound, counts: counted.map((each) => each[i] ?? 0)}));
  const spreadsOf = (kind: MemberKind) =>
    cells.map(({counts}) => {
      const found = spread(counts.filter((_, k) => recipe.kinds[k] === kind));
      return spreadParts.map((part) => found[part]);
    });
  return {
    account: describe(recipe, drawn, cells, thinning),
    spreads: {even: spreadsOf("even"), slanted: spreadsOf("slanted")}
  };
}

function describe(
  recipe: Recipe,
  {walks, levels}: Drawn,
  cells: readonly CellCounts[],
  thinning: number
): EnsembleAccount {
  const {kinds} = recipe;
  const membersOf = (kind: MemberKind) => kinds.flatMap((own, k) => (own === kind ? [k] : []));
  const even = membersOf("even");
  const walked = cells
    .filter(({row_variable, column_variable}) =>
      walks.some(({variables}) => variables.includes(row_variable) && variables.includes(column_variable))
    )
    .map(({counts}) => even.map((k) => counts[k] ?? 0))
    .filter((series) => new Set(series).size > 1);
  const worth = walked.map(independentMembers);
  // A report whose tables fix everything within its walks has nothing to measure mixing by: null in the file.
  const size = worth.length > 0 ? spread(worth.map((each) => each.size)) : {middle: Number.NaN, low: Number.NaN};
  const open = cells.filter(({lower, upper}) => upper > lower);
  const coverageOf = (which: readonly number[]) =>
    mean(
      open.map(({counts, lower, upper}) => {
        const own = which.map((k) => counts[k] ?? 0);
        return (Math.max(...own) - Math.min(...own)) / (upper - lower);
      })
    );
  const {n} = recipe;
  const stored = (walks[0]?.variables ?? []).map((name) => levels[name] ?? "");
  const rows = kinds.map((_, k) =>
    Array.from({length: n}, (__, person) => stored.map((digits) => digits[k * n + person]).join(""))
  );
  const alike = (step: number) =>
    mean(even.map((k) => shareInCommon(rows[k] ?? [], rows[(k + step) % even.length] ?? [])));
  return {
    ...recipe,
    walks: walks.map(({variables, counts}) => ({variables, tried: counts.tried, made: counts.pairs + counts.fours})),
    thinning,
    mixing: {
      cells: walked.length,
      median: size.middle,
      low: size.low,
      correlation: mean(worth.map(({correlation}) => correlation)),
      alikeNext: alike(1),
      alikeAny: alike(Math.floor(even.length / 2))
    },
    coverage: {
      even: coverageOf(even),
      slanted: coverageOf(membersOf("slanted")),
      both: coverageOf([...kinds.keys()])
    }
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
