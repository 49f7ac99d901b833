import {fromArrow} from "arquero";
import {type Deal, type MemberKind, openEnsemble, type Recipe, spread} from "../../src/multiverse/ensemble.js";
import {blocks} from "../ensemble/blocks.js";
import {type Drawn, draw, needsWalk} from "../ensemble/draw.js";
import {independentMembers, shareInCommon} from "../ensemble/mixing.js";
import {derived} from "../make/derived.js";
import type {Report} from "../read/report.js";
import {type Constraints, readConstraints} from "../reconstruction/constraints.js";
import {type Column, writeArrow} from "./arrow.js";
import {surveyBounds} from "./bounds.js";
import {checksums, licence, source} from "./published.js";
import {
  originOf,
  publishedSeed,
  reconstructionCode,
  reconstructSurvey,
  surveyCounts,
  writeRespondents
} from "./respondents.js";

/** How many members of each kind are published, in this order. */
export const memberCounts: Readonly<Record<MemberKind, number>> = {even: 100, slanted: 100};

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
  const settings = {kinds: kinds(), seed: publishedSeed, slant, burnIn, thinning};
  const {inputs, code} = originOf(counts, ["data-loaders/ensemble/draw.ts", ...reconstructionCode]);
  return derived(`ensemble-${survey}`, {inputs: {inputs, settings}, code}, async () => {
    const {columns} = await reconstructSurvey(report, survey);
    return draw({...counts, columns, ...settings});
  });
}

function kinds(): MemberKind[] {
  return (["even", "slanted"] as const).flatMap((kind) => new Array<MemberKind>(memberCounts[kind]).fill(kind));
}

/** How the members of a survey’s ensemble are put together. */
export function recipeOf(report: Report, survey: string): Recipe {
  const {variables, tables, n} = surveyCounts(report, survey);
  return {n, kinds: kinds(), seed: publishedSeed, slant, deals: dealsOf(readConstraints(variables, tables, n))};
}

/** What is dealt out: all blocks but the first one that needs a walk, each within the answers to its hinge. */
function dealsOf(constraints: Constraints): Deal[] {
  const name = (variable: number) => constraints.variables[variable]?.name ?? "";
  return blocks(constraints).flatMap((block, index) => {
    if (index === 0 && needsWalk(block)) return [];
    const variables = block.variables.filter((variable) => variable !== block.hinge).map(name);
    return [{variables, within: block.hinge === null ? null : name(block.hinge)}];
  });
}

/**
 * The bytes of `ensemble-members.arrow`: a row a respondent of a member, a column a variable whose answers could only be
 * found by a walk. `openEnsemble` makes whole members of them.
 */
export async function writeMembers(
  report: Report,
  survey: string,
  files: ReadonlyMap<string, Uint8Array>
): Promise<Uint8Array> {
  const {levels} = await drawn(report, survey);
  const {n, kinds: all} = recipeOf(report, survey);
  const {variables} = surveyCounts(report, survey);
  const members = all.map((_, k) => String(k));
  const columns = variables
    .filter(({name}) => levels[name] !== undefined)
    .map(({name, codes}): Column => {
      const variable = report.codebook.get(name);
      return {
        name,
        type: "category",
        narrow: true,
        codes,
        values: Array.from(levels[name] ?? "", (digit) => codes[Number.parseInt(digit, 36)] ?? null),
        label: variable?.labelEn ?? name,
        description: variable?.questionEn || `${variable?.labelEn} of the respondent.`
      };
    });
  const member: Column = {
    name: "member",
    type: "category",
    codes: members,
    values: members.flatMap((k) => new Array<string>(n).fill(k)),
    label: "Member",
    description: "Number of the data set, from 0. The first half are even, the second half slanted."
  };
  return writeArrow([member, ...columns], {
    title: `An ensemble of ${members.length} reconstructions, ${survey}`,
    description:
      `${members.length} different data sets of ${n} made-up respondents that all print the tables of ${survey}. ` +
      "Answers to the questions that are not here, and the order of some that are, are dealt out by the recipe in ensemble.json. No row is a person.",
    source,
    section: "Tables that the catalogue lists as usable",
    licence,
    inputs: checksums(files)
  });
}

/** An ensemble, and the counts of every unprinted cell in every member. */
interface Counted {
  readonly account: EnsembleAccount;
  readonly cells: readonly CellCounts[];
}

interface CellCounts {
  readonly row_variable: string;
  readonly row: string;
  readonly column_variable: string;
  readonly column: string;
  readonly lower: number;
  readonly upper: number;
  /** A count a member. */
  readonly counts: readonly number[];
}

/** Opens the ensemble as it is published and counts it. */
function countEnsemble(report: Report, survey: string, files: ReadonlyMap<string, Uint8Array>): Promise<Counted> {
  const {inputs, code} = originOf(surveyCounts(report, survey), ["data-loaders/publish/ensemble.ts"]);
  return derived(`ensemble-counts-${survey}`, {inputs, code}, () => count(report, survey, files));
}

async function count(report: Report, survey: string, files: ReadonlyMap<string, Uint8Array>): Promise<Counted> {
  const [members, respondents, {bounds}, {walks, levels}] = await Promise.all([
    writeMembers(report, survey, files),
    writeRespondents(report, survey, files),
    surveyBounds(report, survey),
    drawn(report, survey)
  ]);
  const recipe = recipeOf(report, survey);
  const ensemble = openEnsemble(fromArrow(members), fromArrow(respondents), recipe);
  const codes = new Map(surveyCounts(report, survey).variables.map((variable) => [variable.name, variable.codes]));
  const codesOf = (name: string) => codes.get(name) ?? [];
  const places = new Map([...codes].map(([name, own]) => [name, new Map(own.map((code, i) => [code, i]))]));
  const pairs = new Map<string, {row: string; column: string; width: number; table: Int32Array}>();
  const cells = bounds.map(({row_variable, row, column_variable, column, lower, upper}) => {
    const width = codesOf(column_variable).length + 1;
    const key = `${row_variable} ${column_variable}`;
    const pair = pairs.get(key) ?? {
      row: row_variable,
      column: column_variable,
      width,
      table: new Int32Array((codesOf(row_variable).length + 1) * width)
    };
    pairs.set(key, pair);
    const at = codesOf(row_variable).indexOf(row) * width + codesOf(column_variable).indexOf(column);
    return {
      cell: {row_variable, row, column_variable, column, lower, upper, counts: [] as number[]},
      table: pair.table,
      at
    };
  });
  for (const k of recipe.kinds.keys()) {
    const columns = ensemble.columns(k);
    const levels = new Map(
      [...places].map(([name, place]) => [
        name,
        Uint8Array.from(columns[name] ?? [], (code) => place.get(code ?? "") ?? place.size)
      ])
    );
    for (const {row, column, width, table} of pairs.values()) {
      const down = levels.get(row) ?? new Uint8Array();
      const across = levels.get(column) ?? new Uint8Array();
      table.fill(0);
      for (let person = 0; person < down.length; person++) {
        (table[(down[person] as number) * width + (across[person] as number)] as number)++;
      }
    }
    for (const {cell, table, at} of cells) cell.counts.push(table[at] ?? 0);
  }
  const counted = cells.map(({cell}) => cell);
  return {account: describe(recipe, walks, levels, counted), cells: counted};
}

function describe(
  recipe: Recipe,
  walks: Drawn["walks"],
  levels: Drawn["levels"],
  cells: readonly CellCounts[]
): EnsembleAccount {
  const {n, kinds: all} = recipe;
  const even = all.flatMap((kind, k) => (kind === "even" ? [k] : []));
  const walked = cells
    .filter(({row_variable, column_variable}) =>
      walks.some(({variables}) => variables.includes(row_variable) && variables.includes(column_variable))
    )
    .map(({counts}) => even.map((k) => counts[k] ?? 0))
    .filter((series) => new Set(series).size > 1);
  const worth = walked.map(independentMembers);
  // A report whose tables fix everything within its walks has nothing to measure mixing by: null in the file.
  const sizes = worth.map(({size: members}) => members);
  const size = sizes.length > 0 ? spread(sizes) : {middle: Number.NaN, low: Number.NaN};
  const coverageOf = (which: readonly number[]) =>
    mean(
      cells
        .filter(({lower, upper}) => upper > lower)
        .map(({counts, lower, upper}) => {
          const own = which.map((k) => counts[k] ?? 0);
          return (Math.max(...own) - Math.min(...own)) / (upper - lower);
        })
    );
  const rows = all.map((_, k) =>
    Array.from({length: n}, (__, person) =>
      (walks[0]?.variables ?? []).map((name) => levels[name]?.[k * n + person]).join("")
    )
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
      slanted: coverageOf(all.flatMap((kind, k) => (kind === "slanted" ? [k] : []))),
      both: coverageOf(all.map((_, k) => k))
    }
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The bytes of `ensemble.json`: how the ensemble is put together, how well the walks mixed, and how far it reaches. */
export async function writeEnsembleAccount(
  report: Report,
  survey: string,
  files: ReadonlyMap<string, Uint8Array>
): Promise<Uint8Array> {
  const {account} = await countEnsemble(report, survey, files);
  return new TextEncoder().encode(`${JSON.stringify(account, null, 1)}\n`);
}

/** The bytes of `ensemble.arrow`: a row a cell of a crosstab that was not printed, as in `bounds.arrow`. */
export async function writeEnsemble(
  report: Report,
  survey: string,
  files: ReadonlyMap<string, Uint8Array>
): Promise<Uint8Array> {
  const {cells, account} = await countEnsemble(report, survey, files);
  const {variables} = surveyCounts(report, survey);
  const names = variables.map((variable) => variable.name);
  const codes = [...new Set(variables.flatMap((variable) => variable.codes))];
  const category = (name: "row" | "column" | "row_variable" | "column_variable", label: string): Column => ({
    name,
    type: "category",
    codes: name === "row" || name === "column" ? codes : names,
    values: cells.map((cell) => cell[name]),
    label,
    description: `${label}, as in the codebook.`
  });
  const number = (name: string, values: number[], label: string, description: string): Column => ({
    ...{name, type: "integer", values, label, description, unit: "respondents"}
  });
  const spreads = (["even", "slanted"] as const).flatMap((kind): Column[] => {
    const of = cells.map(({counts}) => spread(counts.filter((_, k) => account.kinds[k] === kind)));
    const parts = {
      least: "Least count",
      low: "5% quantile",
      middle: "Median",
      high: "95% quantile",
      most: "Greatest count"
    } as const;
    return (Object.keys(parts) as (keyof typeof parts)[]).map((part) =>
      number(
        `${kind}_${part}`,
        of.map((each) => each[part]),
        `${parts[part]}, ${kind}`,
        `${parts[part]} of the cell in the ${kind} members.`
      )
    );
  });
  return writeArrow(
    [
      category("row_variable", "Variable of the row"),
      category("row", "Category of the row"),
      category("column_variable", "Variable of the column"),
      category("column", "Category of the column"),
      number(
        "lower",
        cells.map((cell) => cell.lower),
        "Least count",
        "No data set that prints the report’s tables has fewer."
      ),
      number(
        "upper",
        cells.map((cell) => cell.upper),
        "Greatest count",
        "No data set that prints the report’s tables has more."
      ),
      ...spreads
    ],
    {
      title: `Spread of every crosstab that the report does not print, ${survey}`,
      description:
        "One row is one cell of a crosstab of two variables that the report never crosses, and what it is in the members of the ensemble. It is no confidence interval and no posterior.",
      source,
      section: "Tables that the catalogue lists as usable",
      licence,
      inputs: checksums(files)
    }
  );
}
