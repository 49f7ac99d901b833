import type {TableEntry, VariableEntry} from "../../src/tables/labels.js";
import type {TableId} from "../../src/tables/table-id.js";
import {type Sphere, sphereOf} from "../../src/tables/verdict.js";
import type {Erratum} from "../claims/errata.js";
import {about} from "../read/about.js";
import {tableFile} from "../read/catalogue.js";
import type {Report} from "../read/report.js";
import {writeJson} from "./json.js";

/** The catalogue and the codebook as pages use them, as the bytes of `report.json`. */
export function writeReportJson({codebook, tables}: Report, errata: readonly Erratum[]): Uint8Array {
  const variables = [...codebook.values()].map(
    ({name, categories, ...texts}): VariableEntry => ({
      variable: name,
      ...texts,
      categories: categories.map(({code, label, labelEn, includes}) => ({code, label, labelEn, includes}))
    })
  );
  const entries = tables.map(({entry}): TableEntry => {
    // How a table is to be read is of no use to pages.
    const {measures, summary, extras, pasted, numbers, ...shown} = entry;
    const [row, column, file] = [entry.row.name, entry.column?.name ?? null, tableFile(entry.table)];
    return {...shown, row, column, file, ...errataOf(entry.table, errata)};
  });
  return writeJson({test: about.test, tables: entries, variables});
}

/** The ids of a table's errors: all, and by where they stand. */
function errataOf(table: TableId, all: readonly Erratum[]): Pick<TableEntry, "errata" | "errataIn"> {
  const own = all.filter((erratum) => [erratum.table, ...(erratum.also ?? [])].includes(table));
  const idsIn = (sphere: Sphere) => own.filter((erratum) => sphereOf(erratum) === sphere).map(({id}) => id);
  return {
    errata: own.map(({id}) => id),
    errataIn: {numbers: idsIn("numbers"), labels: idsIn("labels"), text: idsIn("text")}
  };
}
