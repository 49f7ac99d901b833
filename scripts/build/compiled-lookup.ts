/** A function that Arquero wrote as text. */
type Made = (...values: unknown[]) => unknown;

/** The functions that a page brings, by their own text. */
const known = new Map<string, Made>();

/** Takes functions that were compiled when the site was built. */
export function know(functions: readonly Made[]): void {
  for (const made of functions) known.set(String(made), made);
}

/**
 * Stands in for `Function(…)` in the published Arquero: the page policy forbids making code from text, so the function
 * is looked up among those that the page brings. While the site is built, `compileAtBuild` makes and records it.
 */
export function compiled(...texts: string[]): Made {
  const text = functionText(texts);
  const {compileAtBuild} = globalThis as {compileAtBuild?: (text: string) => Made};
  const found = known.get(text) ?? compileAtBuild?.(text);
  if (found) return found;
  throw new Error(
    `This choice needs code that was not compiled when the site was built; it works in the playground and in npm run dev. The code: ${texts.at(-1)}`
  );
}

/** The source of the function that `Function(...texts)` gives. */
export function functionText(texts: readonly string[]): string {
  return `function(${texts.slice(0, -1).join(",")}){${texts.at(-1)}\n}`;
}
