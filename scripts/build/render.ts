import {readFileSync, rmSync} from "node:fs";
import {basename, join} from "node:path";
import type {Scripts} from "./bundle.js";
import {withCompiled} from "./compiled.js";
import {type Page, writeHashed} from "./pages.js";
import {type Problem, renderPage} from "./render-page.js";

/**
 * Puts the output of every cell into the pages (see {@link renderPage}), and the functions that Arquero compiled for
 * them into the pages' scripts. Gives what went wrong, in the order of the pages, and the names of the finished scripts.
 */
export async function renderSite(
  folder: string,
  pages: readonly Page[],
  scripts: Scripts
): Promise<{problems: Problem[]; scripts: Scripts}> {
  const problems: Problem[] = [];
  const finished = new Map<string, string>();
  for (const page of pages) {
    const script = scripts.pages.get(page.file) ?? "";
    const rendered = await renderPage(folder, {file: page.file, html: page.html, client: scripts.client, script});
    problems.push(...rendered.problems);
    page.html = rendered.html;
    finished.set(page.file, publishCompiled(folder, script, scripts.site, rendered.compiled));
  }
  return {problems, scripts: {...scripts, pages: finished}};
}

/** Puts compiled functions into a page's script; gives its new name. */
function publishCompiled(folder: string, script: string, site: string, compiled: readonly string[]): string {
  if (compiled.length === 0) return script;
  const text = withCompiled(readFileSync(join(folder, script), "utf8"), `./${basename(site)}`, compiled);
  rmSync(join(folder, script));
  return writeHashed(folder, script.replace(/\.\w+\.js$/, ".js"), text);
}
