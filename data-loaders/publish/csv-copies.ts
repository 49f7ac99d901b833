/** The longest file by far, a quarter of a million lines: as CSV it would be some six times the size. */
const arrowOnly: readonly string[] = ["ensemble-members.arrow"];

/** Whether a published file is an Arrow file that has a CSV file beside it. */
export function hasCsv(name: string): boolean {
  return name.endsWith(".arrow") && !arrowOnly.includes(name);
}

/** The name of an Arrow file’s twin. */
export function csvName(arrow: string): string {
  return arrow.replace(/\.arrow$/, ".csv");
}
