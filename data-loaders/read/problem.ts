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

/** Takes a problem; the caller decides whether to stop. */
export type Complain = (problem: Problem) => void;

/** Takes a problem of one file: where it is (null for the file as a whole), what stands there, and what should. */
export type Report = (
  at: {readonly line: number | null; readonly column?: number | null} | null,
  found: string,
  expected: string
) => void;

/** Gives the problems of one file on, under its name. */
export function reportIn(file: string, complain: Complain): Report {
  return (at, found, expected) => complain({file, line: at?.line ?? null, column: at?.column ?? null, found, expected});
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

/** Throws a RawDataError if there are problems. */
export function stopAt(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new RawDataError(problems);
}

/** Throws a RawDataError of one problem with a whole file. */
export function refuseFile(file: string, found: string, expected: string): never {
  throw new RawDataError([{file, line: null, column: null, found, expected}]);
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
  const paragraphs = sorted.map((p) => `${formatPlace(p)}\n  found:    ${p.found}\n  expected: ${p.expected}`);
  return [`${count(sorted.length, "problem")} in ${count(files, "raw file")}`, ...paragraphs].join("\n\n");
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

/** A number of things in words: `1 field`, `2 fields`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
