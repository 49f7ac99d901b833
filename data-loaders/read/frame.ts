import type {CatalogueEntry} from "./catalogue.js";
import {type Codebook, spellingsOf, type Variable} from "./codebook.js";

/**
 * An empty table of the shape that the catalogue says, with the codebook's labels as tables print them and nothing where
 * its numbers stand: the lines of a raw file to be filled in. A label that has several spellings has the first.
 */
export function frameOf(entry: CatalogueEntry, codebook: Codebook): string[][] {
  const {row, column, measures, kind} = entry;
  const label = (variable: Variable | undefined, code: string) =>
    (variable && spellingsOf(variable, entry.table, code)[0]) ?? code;
  const labels = (variable: Variable, codes: readonly string[]) => codes.map((code) => label(variable, code));
  const all = (variable: Variable) => variable.categories.map((c) => c.code);
  const names = measures.map((measure) => label(codebook.get("measure"), measure));
  const sums = entry.summary.map((code) => label(codebook.get(kind === "regression" ? "measure" : "summary"), code));
  const rows = [...labels(row, entry.rowCodes), ...sums];
  const blank = (length: number) => Array.from({length}, () => "");
  switch (kind) {
    case "crosstab": {
      const total = label(codebook.get("summary"), "total");
      const across = [...(column ? labels(column, all(column)) : []), total];
      const p = entry.extras.includes("p") ? [[label(codebook.get("measure"), "p"), ...blank(across.length + 1)]] : [];
      return [
        ["", "", ...across],
        ...rows.flatMap((name) => names.map((measure) => [name, measure, ...blank(across.length)])),
        ...p
      ];
    }
    case "comparison": {
      const across = column ? labels(column, all(column)) : [];
      const width = across.length * names.length;
      return [
        ["", ...across.flatMap((name) => names.map(() => name))],
        ["", ...across.flatMap(() => names)],
        ...rows.map((name) => [name, ...blank(width)])
      ];
    }
    case "frequency":
    case "regression":
      return [[kind === "regression" ? "Model" : "", ...names], ...rows.map((name) => [name, ...blank(names.length)])];
    case "chart":
      return [
        ["part", "printed"],
        ...labels(row, entry.rowCodes).map((name) => ["category", name]),
        ...(column ? labels(column, all(column)).map((name) => ["legend", name]) : []),
        ["axis", ""],
        ["axis", ""]
      ];
  }
}
