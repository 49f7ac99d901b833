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
    (variable): VariableEntry => ({
      variable: variable.name,
      kind: variable.kind,
      label: variable.label,
      labelEn: variable.labelEn,
      question: variable.question,
      questionEn: variable.questionEn,
      asked: variable.asked,
      askedEn: variable.askedEn,
      derivedFrom: variable.derivedFrom,
      categories: variable.categories.map(({code, label, labelEn, includes}) => ({code, label, labelEn, includes}))
    })
  );
  const entries = tables.map(
    ({entry}): TableEntry => ({
      table: entry.table,
      survey: entry.survey,
      kind: entry.kind,
      title: entry.title,
      titleEn: entry.titleEn,
      row: entry.row.name,
      column: entry.column?.name ?? null,
      rowCodes: entry.rowCodes,
      percentOf: entry.percentOf,
      population: entry.population,
      asked: entry.asked,
      askedEn: entry.askedEn,
      section: entry.section,
      use: entry.use,
      useNote: entry.useNote,
      file: tableFile(entry.table),
      ...errataOf(entry.table, errata)
    })
  );
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
