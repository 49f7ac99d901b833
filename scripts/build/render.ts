import {readFileSync, rmSync} from "node:fs";
import {basename, join} from "node:path";
import type {Scripts} from "./bundle.js";
import {withCompiled} from "./compiled.js";
import {type Facts, readFacts} from "./facts.js";
import {Kept} from "./kept.js";
import {type Page, writeHashed} from "./pages.js";
import {type Problem, renderPage} from "./render-page.js";

/** A page with the output of its cells, what is known of it, and the path of its finished script. */
export type FinishedPage = Page & {readonly facts: Facts; readonly script: string};

/**
 * Puts the output of every cell into the pages, and the functions that Arquero compiled for them into the pages' scripts.
 * Gives the pages, and what went wrong in their order.
 */
export async function renderSite(
  folder: string,
  pages: readonly Page[],
  {site, client, pages: scripts}: Scripts
): Promise<{pages: FinishedPage[]; problems: Problem[]}> {
  const kept = new Kept<Awaited<ReturnType<typeof renderPage>> & {facts: Facts}>("output of cells", [
    "scripts/build/render.ts"
  ]);
  const done: FinishedPage[] = [];
  const problems: Problem[] = [];
  for (const page of pages) {
    const {file, html} = page;
    const script = scripts.get(file) ?? "";
    // The names of scripts carry checksums: of all modules and libraries, of the page's cells, of the data they attach.
    const rendered = await kept.get(
      [file, html, client, script],
      async () => {
        const made = await renderPage(folder, {file, html, client, script});
        return {...made, facts: readFacts(file, made.html)};
      },
      (made) => made.problems.length === 0 && made.asked.every((path) => path.startsWith("_file/"))
    );
    problems.push(...rendered.problems);
    const finished = publishCompiled(folder, script, site, rendered.compiled);
    done.push({...page, html: rendered.html, facts: rendered.facts, script: finished});
  }
  kept.save();
  return {pages: done, problems};
}

/** Puts compiled functions into a page's script; gives its new name. */
function publishCompiled(folder: string, script: string, site: string, compiled: readonly string[]): string {
  if (compiled.length === 0) return script;
  const text = withCompiled(readFileSync(join(folder, script), "utf8"), `./${basename(site)}`, compiled);
  rmSync(join(folder, script));
  return writeHashed(folder, script.replace(/\.\w+\.js$/, ".js"), text);
}
