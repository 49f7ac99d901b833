import type {Deal, MemberKind, Recipe} from "../../src/multiverse/ensemble.js";
import {blocks} from "../ensemble/blocks.js";
import {countEnsemble, spreadParts} from "../ensemble/count.js";
import {type Drawn, draw, needsWalk} from "../ensemble/draw.js";
import {derived, type Slow} from "../make/derived.js";
import type {Report} from "../read/report.js";
import {readConstraints} from "../reconstruction/constraints.js";
import type {Column} from "./arrow.js";
import {codesOfCells, surveyBounds} from "./bounds.js";
import {columnsOf, writeDescribed} from "./described.js";
import {writeJson} from "./json.js";
import {originOf, publishedSeed, reconstructionCode, reconstructSurvey, surveyCounts} from "./respondents.js";

type Files = ReadonlyMap<string, Uint8Array>;

/** The kinds of the members that are published, in their order: so many of each. */
const kinds = [...new Array<MemberKind>(100).fill("even"), ...new Array<MemberKind>(100).fill("slanted")];

/** Steps for each variable of a walk, before the first member and between members. How well it mixes is published. */
const burnIn = 20_000;
const thinning = 2000;

/** A judgement: links that are neither negligible nor stronger than most that the report prints. */
const slant = 0.2;

/** The data sets of an ensemble, as walks left them: all, or the first so many, which no later one changes. */
export function ensembleMembers(report: Report, survey: string, members = kinds.length): Slow<Drawn> {
  const counts = surveyCounts(report, survey);
  const settings = {kinds: kinds.slice(0, members), seed: publishedSeed, slant, burnIn, thinning};
  const {inputs, code} = originOf(counts, ["data-loaders/ensemble/draw.ts", ...reconstructionCode]);
  const make = async () => draw({...counts, columns: (await reconstructSurvey(report, survey)).columns, ...settings});
  return {name: `ensemble-${survey}`, origin: {inputs: {inputs, settings}, code}, make};
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
  const {levels} = await derived(ensembleMembers(report, survey));
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

/** How the ensemble is put together and how well its walks mixed, and the spread of every cell, which take long. */
export function ensembleSpreads(report: Report, survey: string) {
  const counts = surveyCounts(report, survey);
  const recipe = recipeOf(report, survey);
  const code = ["data-loaders/ensemble/count.ts", "data-loaders/reconstruction/bounds.ts", ...reconstructionCode];
  const make = async () => {
    const [{columns}, {bounds}, members] = await Promise.all([
      reconstructSurvey(report, survey),
      surveyBounds(report, survey),
      derived(ensembleMembers(report, survey))
    ]);
    return countEnsemble({variables: counts.variables, columns, bounds, recipe, drawn: members, thinning});
  };
  const origin = {inputs: [originOf(counts).inputs, recipe, burnIn, thinning], code};
  return {name: `ensemble-spreads-${survey}`, origin, make};
}

/** The bytes of `ensemble.json`: how the ensemble is put together, how well the walks mixed, and how far it reaches. */
export async function writeEnsembleAccount(report: Report, survey: string): Promise<Uint8Array> {
  return writeJson((await derived(ensembleSpreads(report, survey))).account);
}

/** The bytes of `ensemble.arrow`: a row a cell of a crosstab that was not printed, as in `bounds.arrow`. */
export async function writeEnsemble(report: Report, survey: string, files: Files): Promise<Uint8Array> {
  const [{bounds}, {spreads}] = await Promise.all([
    surveyBounds(report, survey),
    derived(ensembleSpreads(report, survey))
  ]);
  const rows = bounds.map(({method: _, printed: __, ...cell}, i) => {
    const named = (["even", "slanted"] as const).flatMap((kind) =>
      spreadParts.map((part, j) => [`${kind}_${part}`, spreads[kind][i]?.[j] ?? Number.NaN] as const)
    );
    return {...cell, ...Object.fromEntries(named)};
  });
  const codes = codesOfCells(surveyCounts(report, survey).variables);
  return writeDescribed("ensemble.arrow", columnsOf("ensemble.arrow", rows, {codes}), files, {survey});
}
