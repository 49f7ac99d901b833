/** One thing that is wrong in the raw data: where it is, what stands there and what should. */
export interface Problem {
  /** File name inside the raw folder. */
  readonly file: string;
  /** Line in the file, from 1, or null where the problem concerns the whole file. */
  readonly line: number | null;
  /** Field in the line, from 1, or null where the problem concerns the whole line. */
  readonly column: number | null;
  readonly found: string;
  readonly expected: string;
}

/** Raw data that cannot be used. Carries every problem that was found, not only the first. */
export class RawDataError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = "RawDataError";
    // Wherever it comes out: its place is in the files that it names and not in the code.
    this.stack = this.message;
    this.problems = problems;
  }
}

/**
 * The problems as text for people, one paragraph a problem, in the order file, line, column. The first line of each
 * has the form `file:line:column`, which editors turn into a link.
 */
export function formatProblems(problems: readonly Problem[]): string {
  const sorted = [...problems].sort(
    (a, b) => a.file.localeCompare(b.file, "en") || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
  );
  const files = new Set(sorted.map((p) => p.file)).size;
  const count = `${sorted.length} problem${sorted.length === 1 ? "" : "s"}`;
  const paragraphs = sorted.map((p) => `${formatPlace(p)}\n  found:    ${p.found}\n  expected: ${p.expected}`);
  return [`${count} in ${files} raw file${files === 1 ? "" : "s"}`, ...paragraphs].join("\n\n");
}

function formatPlace({file, line, column}: Problem): string {
  if (line === null) return file;
  return column === null
    ? `${file}:${line} (line ${line})`
    : `${file}:${line}:${column} (line ${line}, column ${column})`;
}

/**
 * A value as it is shown in a message: quoted, and said to be empty where it is. What cannot be seen or told apart (a
 * control character, a no-break space, a soft hyphen, a combining ring over an a) is written as its code point.
 */
export function quote(text: string): string {
  if (text === "") return "an empty field";
  const shown = [...text].length > 120 ? `${[...text].slice(0, 120).join("")}…` : text;
  return `“${shown.replace(/(?! )[\p{C}\p{Z}\p{M}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`)}”`;
}

/** A list of alternatives as it is shown in a message. */
export function oneOf(values: Iterable<string>): string {
  const list = [...new Set(values)].map(quote);
  if (list.length === 0) return "nothing";
  return list.length === 1 ? list.join("") : `one of ${list.join(", ")}`;
}
