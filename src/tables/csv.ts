/** What a cell of a CSV file may hold. Null is a missing value. */
export type CellValue = string | number | null;

/**
 * A table as the text of a CSV file: comma, decimal point, a line feed after every line, fields quoted as RFC 4180 has
 * it. A missing value is an empty field, and an empty text is `""`, so that who cares can tell them apart. Numbers are
 * written with as many digits as bring the same number back; powers of ten, infinities and what is no number, as the
 * Table Schema of Frictionless writes them (`1E-7`, `INF`, `-INF`, `NaN`).
 */
export function csvText(names: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  return [names, ...rows].map((row) => `${row.map(fieldText).join(",")}\n`).join("");
}

function fieldText(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") {
    // String() would lose the sign of −0, and no file has one.
    return Number.isFinite(value) ? String(value).replace("e", "E") : String(value).replace("Infinity", "INF");
  }
  return value === "" || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
