import {readCell} from "./cell-code.js";

/** The cells of a page that run with one of them: those it needs, before it, and those that show what it changes. */
export interface Companions {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Which of a page’s other cells run with an edited one, in the order in which they must run.
 *
 * Before it come the cells that declare what it needs, and what they need. When it declares something, the cells that
 * show what follows from it run after it, with those that lie between. A cell that does not parse is left out, as is
 * one that neither needs.
 */
export function companions(code: string, others: readonly string[]): Companions {
  const edited = readCell(code);
  if (!edited) return {before: [], after: []};
  const cells = [edited, ...others.flatMap((text) => readCell(text) ?? [])];
  const home = new Map<string, number>();
  // The edited cell comes last, so that a name it declares is its own.
  for (let i = cells.length - 1; i >= 0; i--) for (const name of cells[i]?.declares ?? []) home.set(name, i);
  const needs = cells.map((cell) => new Set([...cell.needs].flatMap((name) => home.get(name) ?? [])));

  /** Adds a cell and all that it needs, each after what it needs itself. */
  const enter = (i: number, found: Set<number>, path: Set<number> = new Set()): Set<number> => {
    if (found.has(i) || path.has(i)) return found;
    path.add(i);
    for (const needed of needs[i] ?? []) enter(needed, found, path);
    return found.add(i);
  };

  const follows = (i: number) => i > 0 && enter(i, new Set()).has(0);
  const order = enter(0, new Set());
  for (const [i, cell] of cells.entries()) if (cell.shows && follows(i)) enter(i, order);
  const texts = (wanted: (i: number) => boolean) =>
    [...order].filter((i) => i > 0 && wanted(i)).flatMap((i) => cells[i]?.code ?? []);
  return {before: texts((i) => !follows(i)), after: texts(follows)};
}

/** The code of a cell with its companions written out, to be run on its own. */
export function wholeCode(code: string, {before, after}: Companions): string {
  if (before.length + after.length === 0) return code;
  const shown = after.map((text) => (readCell(text)?.expression ? `display(\n${text.trim()}\n);` : text.trim()));
  const parts = [
    ...before.map((text) => text.trim()),
    `// The cell itself:\n${code.trim()}`,
    ...(shown.length > 0 ? ["// What follows from it on its page:", ...shown] : [])
  ];
  return `// What the cell needs of its page:\n${parts.join("\n\n")}\n`;
}
