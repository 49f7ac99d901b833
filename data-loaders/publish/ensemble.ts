import {fromArrow} from "arquero";
import {type Deal, type MemberKind, openEnsemble, type Recipe, spread} from "../../src/multiverse/ensemble.js";
import {blocks} from "../ensemble/blocks.js";
import {type Drawn, draw, needsWalk} from "../ensemble/draw.js";
import {independentMembers, shareInCommon} from "../ensemble/mixing.js";
import {derived} from "../make/derived.js";
import type {Report} from "../read/report.js";
import {readConstraints} from "../reconstruction/constraints.js";
import type {Column} from "./arrow.js";
import {type Cell, cellCounter, codesOfCells, surveyBounds} from "./bounds.js";
import {columnsOf, writeDescribed} from "./described.js";
import {writeJson} from "./json.js";
import {
  originOf,
  publishedSeed,
  reconstructionCode,
  reconstructSurvey,
  surveyCounts,
  writeRespondents
} from "./respondents.js";

type Files = ReadonlyMap<string, Uint8Array>;

/** The kinds of the members that are published, in their order: so many of each. */
const kinds = [...new Array<MemberKind>(100).fill("even"), ...new Array<MemberKind>(100).fill("slanted")];

/** Steps for each variable of a walk, before the first member and between members. How well it mixes is published. */
const burnIn = 20_000;
const thinning = 2000;

/** A judgement: links that are neither negligible nor stronger than most that the report prints. */
const slant = 0.2;

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

/** The data sets of an ensemble, as walks left them. */
function drawn(report: Report, survey: string): Promise<Drawn> {
  const counts = surveyCounts(report, survey);
  const settings = {kinds, seed: publishedSeed, slant, burnIn, thinning};
  const {inputs, code} = originOf(counts, ["data-loaders/ensemble/draw.ts", ...reconstructionCode]);
  return derived(`ensemble-${survey}`, {inputs: {inputs, settings}, code}, async () => {
    const {columns} = await reconstructSurvey(report, survey);
    return draw({...counts, columns, ...settings});
  });
}

/**
 * How the members of a survey’s ensemble are put together. Dealt out are all blocks but the first one that needs a walk,
 * each within the answers to its hinge.
 */
function recipeOf(report: Report, survey: string): Recipe {
  const counts = surveyCounts(report, survey);
  const constraints = readConstraints(counts);
  const name = (variable: number) => constraints.variables[variable]?.name ?? "";
  const deals = blocks(constraints).flatMap((block, index): Deal[] => {
    if (index === 0 && needsWalk(block)) return [];
    const dealt = block.variables.filter((variable) => variable !== block.hinge).map(name);
    return [{variables: dealt, within: block.hinge === null ? null : name(block.hinge)}];
  });
  return {n: counts.n, kinds, seed: publishedSeed, slant, deals};
}

/**
 * The bytes of `ensemble-members.arrow`: a row a respondent of a member, a column a variable whose answers could only be
 * found by a walk. `openEnsemble` makes whole members of them.
 */
export async function writeMembers(report: Report, survey: string, files: Files): Promise<Uint8Array> {
  const {levels} = await drawn(report, survey);
  const {variables, n} = surveyCounts(report, survey);
  const members = kinds.map((_, k) => String(k));
  const columns = variables.flatMap(({name, codes}): Column[] => {
    const digits = levels[name];
    if (digits === undefined) return [];
    const variable = report.codebook.get(name);
    return [
      {
        name,
        type: "category",
        narrow: true,
        codes,
        values: Array.from(digits, (digit) => codes[Number.parseInt(digit, 36)] ?? null),
        label: variable?.labelEn ?? name,
        description: variable?.questionEn || `${variable?.labelEn} of the respondent.`
      }
    ];
  });
  const member: Column = {
    name: "member",
    type: "category",
    codes: members,
    values: members.flatMap((k) => new Array<string>(n).fill(k)),
    label: "Member",
    description: "Number of the data set, from 0. The first half are even, the second half slanted."
  };
  return writeDescribed("ensemble-members.arrow", [member, ...columns], files, {survey, n, members: members.length});
}

/** An unprinted cell with its bounds and its count in every member. */
interface CellCounts extends Cell {
  readonly lower: number;
  readonly upper: number;
  readonly counts: readonly number[];
}

/** Opens the ensemble as it is published and counts every unprinted cell in it. */
function countEnsemble(report: Report, survey: string, files: Files) {
  const {variables, ...counts} = surveyCounts(report, survey);
  const {inputs, code} = originOf({variables, ...counts}, ["data-loaders/publish/ensemble.ts"]);
  return derived(`ensemble-counts-${survey}`, {inputs, code}, async () => {
    const [members, respondents, {bounds}, {walks, levels}] = await Promise.all([
      writeMembers(report, survey, files),
      writeRespondents(report, survey, files),
      surveyBounds(report, survey),
      drawn(report, survey)
    ]);
    const recipe = recipeOf(report, survey);
    const ensemble = openEnsemble(fromArrow(members), fromArrow(respondents), recipe);
    const counter = cellCounter(bounds, variables);
    const counted = kinds.map((_, k) => counter(ensemble.columns(k)));
    const cells = bounds.map(
      ({method: _, printed: __, ...cell}, i): CellCounts => ({...cell, counts: counted.map((each) => each[i] ?? 0)})
    );
    return {account: describe(recipe, walks, levels, cells), cells};
  });
}

function describe(
  recipe: Recipe,
  walks: Drawn["walks"],
  levels: Drawn["levels"],
  cells: readonly CellCounts[]
): EnsembleAccount {
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

/** The bytes of `ensemble.json`: how the ensemble is put together, how well the walks mixed, and how far it reaches. */
export async function writeEnsembleAccount(report: Report, survey: string, files: Files): Promise<Uint8Array> {
  return writeJson((await countEnsemble(report, survey, files)).account);
}

/** The bytes of `ensemble.arrow`: a row a cell of a crosstab that was not printed, as in `bounds.arrow`. */
export async function writeEnsemble(report: Report, survey: string, files: Files): Promise<Uint8Array> {
  const {cells} = await countEnsemble(report, survey, files);
  const rows = cells.map(({counts, ...cell}) => {
    const spreads = (["even", "slanted"] as const).flatMap((kind) =>
      Object.entries(spread(counts.filter((_, k) => kinds[k] === kind))).map(
        ([part, count]) => [`${kind}_${part}`, count as number] as const
      )
    );
    return {...cell, ...Object.fromEntries(spreads)};
  });
  const codes = codesOfCells(surveyCounts(report, survey).variables);
  return writeDescribed("ensemble.arrow", columnsOf("ensemble.arrow", rows, {codes}), files, {survey});
}
