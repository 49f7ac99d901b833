import {derived} from "../make/derived.js";
import type {Report} from "../read/report.js";
import {type Bound, type Bounds, type BoundsMethod, findBounds, findEnds} from "../reconstruction/bounds.js";
import {disclosure} from "../reconstruction/disclosure.js";
import {type Independence, measureIndependence} from "../reconstruction/independence.js";
import type {ReconstructionReport} from "../reconstruction/respondents.js";
import {type Column, writeArrow} from "./arrow.js";
import {checksums, licence, source} from "./published.js";
import {originOf, publishedSeed, reconstructionCode, reconstructSurvey, surveyCounts} from "./respondents.js";

const methods: readonly BoundsMethod[] = ["unlinked", "one_link", "program"];

const boundsCode = ["data-loaders/reconstruction/bounds.ts"];
// It judges the reconstructed respondents, which follow from the same counts.
const independenceCode = ["data-loaders/reconstruction/independence.ts", ...reconstructionCode];

/** The ends of the bounds of a survey, which take long. */
export function surveyEnds(report: Report, survey: string) {
  const counts = surveyCounts(report, survey);
  return {name: `ends-${survey}`, origin: originOf(counts, boundsCode), make: () => findEnds(counts)};
}

/** Bounds for every cell of every crosstab that the survey's report did not print. */
export async function surveyBounds(report: Report, survey: string): Promise<Bounds> {
  const {name, origin, make} = surveyEnds(report, survey);
  return findBounds(surveyCounts(report, survey), await derived(name, origin, make));
}

/** The bytes of `bounds.arrow`: a row a cell of a crosstab that was not printed. */
export async function writeBounds(
  report: Report,
  survey: string,
  files: ReadonlyMap<string, Uint8Array>
): Promise<Uint8Array> {
  const [{bounds}, {columns}] = await Promise.all([surveyBounds(report, survey), reconstructSurvey(report, survey)]);
  const {variables} = surveyCounts(report, survey);
  const names = variables.map((variable) => variable.name);
  const codes = [...new Set(variables.flatMap((variable) => variable.codes))];
  const side = (name: "row" | "column"): Column[] => [
    {
      name: `${name}_variable`,
      type: "category",
      codes: names,
      values: bounds.map((bound) => bound[`${name}_variable`]),
      label: `Variable of the ${name}`,
      description: `Name of the ${name} variable in the codebook.`
    },
    {
      name,
      type: "category",
      codes,
      values: bounds.map((bound) => bound[name]),
      label: `Category of the ${name}`,
      description: `Code of the ${name}’s category.`
    }
  ];
  const counts = (name: string, values: number[], label: string, description: string): Column => ({
    name,
    type: "integer",
    values,
    label,
    description,
    unit: "respondents"
  });
  return writeArrow(
    [
      ...side("row"),
      ...side("column"),
      counts(
        "lower",
        bounds.map((b) => b.lower),
        "Least count",
        "No data set that prints the report’s tables has fewer."
      ),
      counts(
        "upper",
        bounds.map((b) => b.upper),
        "Greatest count",
        "No data set that prints the report’s tables has more."
      ),
      counts(
        "reconstructed",
        countCells(columns, bounds),
        "Reconstructed count",
        "The count in respondents.arrow, one of many possible."
      ),
      {
        name: "method",
        type: "category",
        codes: methods,
        values: bounds.map((bound) => bound.method),
        label: "Method",
        description:
          "unlinked: from margins alone; one_link: closed form over one shared variable; program: linear programs over all that links the two."
      }
    ],
    {
      title: `Bounds of every crosstab that the report does not print, ${survey}`,
      description: "One row is one cell of a crosstab of two variables that the report never crosses.",
      source,
      section: "Tables that the catalogue lists as usable",
      licence,
      inputs: checksums(files)
    }
  );
}

/** How many respondents each bound's cell has. */
function countCells(columns: Readonly<Record<string, readonly (string | null)[]>>, bounds: readonly Bound[]): number[] {
  const counted = new Map<string, Map<string, number>>();
  return bounds.map(({row_variable, column_variable, row, column}) => {
    const pair = `${row_variable} ${column_variable}`;
    let counts = counted.get(pair);
    if (!counts) {
      counts = new Map();
      counted.set(pair, counts);
      const across = columns[column_variable] ?? [];
      for (const [i, code] of (columns[row_variable] ?? []).entries()) {
        const key = `${code} ${across[i]}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return counts.get(`${row} ${column}`) ?? 0;
  });
}

/** What is said of the reconstruction of a survey: `reconstruction.json`. */
export interface ReconstructionAccount {
  readonly n: number;
  readonly closeness: ReconstructionReport;
  readonly independence: Omit<Independence, "pairs">;
  readonly tightness: {readonly pairs: Bounds["pairs"]; readonly whole: Bounds["whole"]};
  readonly disclosure: {
    readonly determined: number;
    readonly small: number;
    readonly zeros: number;
    readonly certainlyFew: number;
    /** Inner cells that the report itself prints with one to three people. */
    readonly printed: number;
  };
}

/** The bytes of `reconstruction.json`: how near the reconstruction is to its fit, and how much the tables determine. */
export async function writeAccount(report: Report, survey: string): Promise<Uint8Array> {
  const counts = surveyCounts(report, survey);
  const [{columns, report: closeness}, {bounds, pairs, whole}] = await Promise.all([
    reconstructSurvey(report, survey),
    surveyBounds(report, survey)
  ]);
  const input = {...counts, columns, seed: 1};
  const independence = await derived(
    `independence-${survey}`,
    originOf({...counts, seed: publishedSeed}, independenceCode),
    async () => measureIndependence(input)
  );
  const {pairs: _, ...association} = independence;
  const given = disclosure(bounds, counts.tables);
  const account: ReconstructionAccount = {
    n: counts.n,
    closeness,
    independence: association,
    tightness: {pairs, whole},
    disclosure: {
      determined: given.determined.length,
      small: given.small.length,
      zeros: given.zeros.length,
      certainlyFew: given.certainlyFew.length,
      printed: given.printed.length
    }
  };
  return new TextEncoder().encode(`${JSON.stringify(account, null, 1)}\n`);
}
