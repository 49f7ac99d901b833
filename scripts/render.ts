import {fork} from "node:child_process";
import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {availableParallelism, tmpdir} from "node:os";
import {basename, join} from "node:path";
import {fileURLToPath} from "node:url";
import {withCompiled} from "./build/compiled.js";
import {writeHashed} from "./bundle.js";
import {type Problem, type Rendered, renderPage} from "./render-page.js";

/**
 * Puts the output of every cell into the pages of a built and bundled site (see {@link renderPage}), in processes of
 * their own. Gives what went wrong, in the order of the pages; pages in which something did are left as they are.
 */
export async function renderSite(folder: string): Promise<Problem[]> {
  const scripts = mkdtempSync(join(tmpdir(), "nav-offices-pages-"));
  try {
    if (existsSync(join(folder, "_site"))) cpSync(join(folder, "_site"), join(scripts, "_site"), {recursive: true});
    // The shared script keeps the state of one page; a name of its own for each page makes Node run it anew.
    for (const name of readdirSync(scripts, {recursive: true, encoding: "utf8"})) {
      if (!/page-[^/\\]*\.js$/.test(name)) continue;
      const path = join(scripts, name);
      writeFileSync(path, readFileSync(path, "utf8").replaceAll(/(\.\/site\.\w+\.js)/g, `$1?${basename(name)}`));
    }
    writeFileSync(join(scripts, "package.json"), '{"type": "module"}');
    const pages = readdirSync(folder, {recursive: true, encoding: "utf8"})
      .filter(
        (file) => file.endsWith(".html") && readFileSync(join(folder, file), "utf8").includes('<script id="live"')
      )
      .sort();
    const waiting = [...pages];
    const rendered: Rendered[] = [];
    const processes = Math.min(2, availableParallelism(), pages.length);
    await Promise.all(
      Array.from({length: processes}, () => renderInProcess(folder, join(scripts, "_site"), waiting, rendered))
    );
    for (const {file, html, problems, compiled} of rendered) {
      if (problems.length === 0) writeFileSync(join(folder, file), publishCompiled(folder, html, compiled));
    }
    return rendered.sort((a, b) => (a.file < b.file ? -1 : 1)).flatMap(({problems}) => problems);
  } finally {
    rmSync(scripts, {recursive: true, force: true});
  }
}

/** Puts the functions that Arquero compiled for a page into the page's script; gives the page with the script's new name. */
function publishCompiled(folder: string, html: string, compiled: readonly string[]): string {
  const [, site = "", page = ""] = /data-site="[^"]*_site\/([^"]+)" data-page="[^"]*_site\/([^"]+)"/.exec(html) ?? [];
  const path = join(folder, "_site", page);
  const script = withCompiled(readFileSync(path, "utf8"), `./${site}`, compiled);
  rmSync(path);
  const name = basename(writeHashed(folder, `_site/${page.replace(/\.\w+\.js$/, ".js")}`, script));
  return html.replace(`_site/${page}"`, `_site/${name}"`);
}

/** Takes pages from the list until none is left, and renders them in a process that ends with the last. */
function renderInProcess(folder: string, scripts: string, waiting: string[], rendered: Rendered[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [folder, scripts], {execArgv: ["--import", "tsx"]});
    let file: string | undefined;
    const next = () => {
      file = waiting.shift();
      if (file === undefined) child.kill();
      else child.send(file);
    };
    child.on("message", (page: Rendered) => {
      rendered.push(page);
      next();
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (file === undefined) resolve();
      else reject(new Error(`rendering ${file} ended its process with code ${code}`));
    });
    next();
  });
}

const [, self, folder = "", scripts = ""] = process.argv;
if (process.send && self === fileURLToPath(import.meta.url)) {
  process.on("disconnect", () => process.exit());
  process.on("message", async (file: string) => process.send?.(await renderPage(folder, scripts, file)));
}
