import {readFileSync, rmSync} from "node:fs";
import {basename, join} from "node:path";
import type {Scripts} from "./bundle.js";
import {withCompiled} from "./compiled.js";
import {type Facts, readFacts} from "./facts.js";
import {Kept} from "./kept.js";
import {type Page, writeHashed} from "./pages.js";
import {type Problem, type Rendered, renderPage} from "./render-page.js";

/**
 * Puts the output of every cell into the pages, and the functions that Arquero compiled for them into the pages'
 * scripts. Gives what went wrong, in the order of the pages, and the names of the finished scripts.
 */
export async function renderSite(
  folder: string,
  pages: readonly Page[],
  scripts: Scripts
): Promise<{problems: Problem[]; scripts: Scripts}> {
  const problems: Problem[] = [];
  const kept = new Kept<Rendered & {facts: Facts}>("output of cells", ["scripts/build/render.ts"]);
  const finished = new Map<string, string>();
  for (const page of pages) {
    const script = scripts.pages.get(page.file) ?? "";
    const {file, html} = page;
    // The names of scripts carry checksums: of all modules and libraries, of the page's cells, of the data they attach.
    const rendered = await kept.get(
      [file, html, scripts.client, script],
      async () => {
        const made = await renderPage(folder, {file, html, client: scripts.client, script});
        return {...made, facts: readFacts(file, made.html)};
      },
      (made) => made.problems.length === 0 && made.asked.every((path) => path.startsWith("_file/"))
    );
    problems.push(...rendered.problems);
    Object.assign(page, {html: rendered.html, facts: rendered.facts});
    finished.set(page.file, publishCompiled(folder, script, scripts.site, rendered.compiled));
  }
  kept.save();
  return {problems, scripts: {...scripts, pages: finished}};
}

/** Puts compiled functions into a page's script; gives its new name. */
function publishCompiled(folder: string, script: string, site: string, compiled: readonly string[]): string {
  if (compiled.length === 0) return script;
  const text = withCompiled(readFileSync(join(folder, script), "utf8"), `./${basename(site)}`, compiled);
  rmSync(join(folder, script));
  return writeHashed(folder, script.replace(/\.\w+\.js$/, ".js"), text);
}
