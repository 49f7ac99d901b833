import {spawn} from "node:child_process";
import {createHash} from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {afterAll, beforeAll, describe, expect, inject, test} from "vitest";
import {copyProject, runScript} from "./workspace.js";

const inline = (code: string) => `\${${code}}`;
const cells = (code: string) => `\`\`\`js\n${code}\n\`\`\`\n`;

/** Two small pages on which all is well. */
const goodPages: Readonly<Record<string, string>> = {
  "index.md": `# Start\n\nTo [the other page](./other.html), [its list](./other.html#made) and [elsewhere](https://example.org/).\n`,
  "other.md": `---
title: Other
description: What the other page is about.
---

# Other

${cells(`import {readTable} from "./components/data.js";

const published = readTable(await FileAttachment("data/published.arrow").arrayBuffer());`)}
${cells(`const list = display(document.createElement("ul"));
list.id = "made";
list.innerHTML = "<li>made by a cell</li>";`)}
There are \${published.numRows()} numbers in a column of \${width < 500 ? "little" : "some"} width.
`
};

/** What a page may have wrong, and what the build has to say of it. */
const badPages: readonly {readonly page: string; readonly text: string; readonly says: RegExp}[] = [
  {
    page: "throws",
    text: `# A\n\n${cells("const one = 1;")}\nText.\n\n${cells('const two = one + 1;\nthrow new Error("thrown on purpose");')}`,
    says: /src\/throws\.md:10, the cell const two = one \+ 1;\n {2}.*thrown on purpose/
  },
  {
    page: "rejects-inline",
    text: `# A\n\nFine: ${inline("1")}.\n\nNot fine: ${inline("Promise.reject(new TypeError('rejected on purpose'))")}.\n`,
    says: /src\/rejects-inline\.md:5, the cell \$\{Promise\.reject.*\n {2}.*rejected on purpose/
  },
  {
    page: "unparsed",
    text: `# A\n\n${cells("const a = ;")}`,
    says: /src\/unparsed\.md:4, the cell const a = ;\n {2}SyntaxError/
  },
  {
    page: "unparsed-inline",
    text: `# A\n\nA sum: ${inline("1 +")}.\n`,
    says: /src\/unparsed-inline\.md:3, the cell \$\{1 \+\}\n {2}SyntaxError/
  },
  {
    page: "link",
    text: "# A\n\n[to nowhere](./nowhere.html)\n",
    says: /src\/link\.md\n {2}a link leads nowhere: \.\/nowhere\.html/
  },
  {
    page: "anchor",
    text: "# A\n\n[to no place](./other.html#no-such-place)\n",
    says: /src\/anchor\.md\n {2}a link leads to a place that is not there: \.\/other\.html#no-such-place/
  },
  {
    page: "link-of-a-cell",
    text: `# A\n\n${cells('const a = display(document.createElement("a"));\na.href = "./other.html#missing";')}`,
    says: /src\/link-of-a-cell\.md:4, the cell const a = .*\n {2}a link leads to a place that is not there/
  },
  {
    page: "image-of-a-cell",
    text: `# A\n\n${cells('Object.assign(document.createElement("img"), {src: "./no-such.png"})')}`,
    says: /src\/image-of-a-cell\.md:4, the cell .*\n {2}a file is missing: \.\/no-such\.png/
  },
  {
    page: "image-from-elsewhere",
    text: '# A\n\n<img src="https://example.org/x.png" alt="">\n',
    says: /src\/image-from-elsewhere\.md\n {2}asks another host: https:\/\/example\.org\/x\.png/
  },
  {
    page: "style-from-elsewhere",
    text: "# A\n\n<style>@import url(//example.org/x.css);</style>\n",
    says: /src\/style-from-elsewhere\.md\n {2}asks another host: \/\/example\.org\/x\.css/
  },
  {
    page: "fetches-from-elsewhere",
    text: `# A\n\n${cells('const json = await fetch("https://example.org/x.json").catch(() => null);')}`,
    says: /src\/fetches-from-elsewhere\.md\n {2}asks another host: https:\/\/example\.org\/x\.json/
  },
  {
    page: "file",
    text: `# A\n\n${cells('FileAttachment("data/no-such.txt").text()')}`,
    says: /src\/file\.md\n {2}a file is missing: data\/no-such\.txt/
  },
  {
    page: "console",
    text: `# A\n\n${cells('console.error("said on purpose");')}`,
    says: /src\/console\.md\n {2}console\.error: said on purpose/
  },
  {
    page: "library-not-imported",
    text: `# A\n\n${cells("Plot.plot({marks: []})")}`,
    says: /src\/library-not-imported\.md:4, the cell Plot\.plot.*\n {2}Plot is not/
  },
  {
    page: "package-not-there",
    text: `# A\n\n${cells('import _ from "npm:lodash";')}`,
    says: /src\/package-not-there\.md:4, the cell import _.*\n {2}.*npm:lodash/
  },
  {
    page: "at-the-top",
    text: `# A\n\n${cells('Object.assign(document.createElement("a"), {href: "/other.html"})')}`,
    says: /src\/at-the-top\.md:4, the cell .*\n {2}a link that is there only when the site is at the top of its host/
  }
];

/** The checksum of every file below a folder, by its path. */
function checksums(folder: string): Record<string, string> {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  const sum = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), sum(path)]));
}

/** `npm run build` publishes what the raw files say now, whatever was built before, or nothing. */
describe("npm run build", () => {
  let project: ReturnType<typeof copyProject>;
  const dist = (path = "") => join(project.folder, "dist", path);
  const source = (path: string) => join(project.folder, "src", path);
  const raw = () => join(project.folder, "data-loaders/raw/table-02.csv");
  const printed = () => {
    const table = tableFromIPC(readFileSync(dist("data/published.arrow")));
    return table
      .toArray()
      .find((row) => row.table === 2 && row.row === "small" && row.column === "aetat" && row.measure === "percent")
      ?.printed;
  };
  const leftovers = () => ["dist.next", "dist.last"].filter((name) => existsSync(join(project.folder, name)));

  beforeAll(() => {
    project = copyProject();
    // Small pages build in a fraction of the time.
    for (const name of readdirSync(source(""))) if (name.endsWith(".md")) rmSync(source(name));
    for (const [name, text] of Object.entries(goodPages)) writeFileSync(source(name), text);
  });
  afterAll(() => project.remove());

  test("builds the site with no network, and says what takes the time", async () => {
    const {code, output} = await runScript(project.folder, "build", {cutNetwork: true});
    expect(output).not.toMatch(/\bnpm:|jsdelivr|ENOTFOUND|fetch failed/);
    expect(code, output).toBe(0);
    expect(output).toMatch(/pages: \d+\.\d s/);
    expect(output).toMatch(/published\.arrow: \d+\.\d s/);
    expect(leftovers()).toEqual([]);
    expect(printed()).toBe("19%");
  });

  test("puts what cells show, a description and a policy into the pages", () => {
    const html = readFileSync(dist("other.html"), "utf8");
    const {numRows} = tableFromIPC(readFileSync(dist("data/published.arrow")));
    expect(html).toMatch(
      new RegExp(`There are <observablehq-loading>${numRows}</observablehq-loading><!--:[0-9a-f]{8}:--> numbers`)
    );
    expect(html).toContain('<observablehq-loading><ul id="made"><li>made by a cell</li></ul></observablehq-loading>');
    expect(html).not.toContain("<observablehq-loading></observablehq-loading>");
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<meta name="description" content="What the other page is about.">');
    expect(html).toContain("script-src 'self' 'sha256-");
    expect(html).not.toContain("unsafe-eval");
    const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = ""]) => code);
    for (const code of inline) expect(html).toContain(createHash("sha256").update(code).digest("base64"));
    // What brings the page to life is three files, two of them shared.
    const scripts = readdirSync(dist("_site")).filter((name) => name.endsWith(".js"));
    for (const shared of ["site.", "client."])
      expect(scripts.filter((name) => name.startsWith(shared))).toHaveLength(1);
    expect(scripts.filter((name) => name.startsWith("page-other."))).toHaveLength(1);
    expect(existsSync(dist("_node"))).toBe(false);
  });

  test("through a link, in a folder with an odd name, with everything hidden by default, it publishes for everybody; a second build beside it says that there is a first", async () => {
    const before = checksums(dist());
    const target = join(project.folder, "published æ# %5B[");
    renameSync(dist(), target);
    symlinkSync(target, dist());
    const mask = process.umask(0o077);
    let second: ReturnType<typeof runScript> | undefined;
    const first = await runScript(project.folder, "build", {
      heard: (said, child) => {
        if (second || !said.includes("scripts …")) return;
        // The first stands still until the second has ended.
        child.kill("SIGSTOP");
        second = runScript(project.folder, "build").finally(() => child.kill("SIGCONT"));
      }
    }).finally(() => process.umask(mask));
    expect(first.code, first.output).toBe(0);
    expect((await second)?.output).toMatch(/Another build of this folder is running \(process \d+\)/);
    expect(lstatSync(dist()).isSymbolicLink()).toBe(true);
    expect(statSync(join(target, "index.html")).mode & 0o777).toBe(0o644);
    expect(checksums(dist())).toEqual(before);
    rmSync(dist());
    renameSync(target, dist());
  });

  test("never publishes what an earlier build computed", async () => {
    writeFileSync(raw(), readFileSync(raw(), "utf8").replace("Små kontor,Prosent,19%", "Små kontor,Prosent,18%"));
    const {code, output} = await runScript(project.folder, "build");
    expect(code, output).toBe(0);
    expect(printed()).toBe("18%");
  });

  test("stops at raw data that cannot be read, says why, and leaves the last site whole", async () => {
    const sound = readFileSync(raw(), "utf8");
    writeFileSync(raw(), sound.replace("Små kontor,Prosent,18%", "Små kontor,Prosent,x18%"));
    const before = checksums(dist());
    // As a build leaves it that was killed just between putting the last site aside and the new one in its place.
    renameSync(dist(), join(project.folder, "dist.last"));
    const {code, output} = await runScript(project.folder, "build");
    writeFileSync(raw(), sound);
    expect(code).toBe(1);
    expect(output).toContain("table-02.csv:3:3");
    expect(checksums(dist())).toEqual(before);
    expect(leftovers()).toEqual([]);
  });

  test("stops at whatever is wrong on a page, names page and cell, and leaves the last site whole", async () => {
    const before = checksums(dist());
    for (const {page, text} of badPages) writeFileSync(source(`${page}.md`), text);
    const {code, output} = await runScript(project.folder, "build");
    for (const {page} of badPages) rmSync(source(`${page}.md`));
    expect(code, output).toBe(1);
    for (const {page, says} of badPages) expect.soft(output, page).toMatch(says);
    // Each is told once, and nothing is told of the pages on which all is well.
    // The cell of the missing file fails too.
    expect(output).toContain(`${badPages.length + 1} problems.`);
    expect(checksums(dist())).toEqual(before);
    expect(leftovers()).toEqual([]);
  });

  test("stops when a module that a cell imports is missing", async () => {
    const before = checksums(dist());
    writeFileSync(source("missing.md"), `# A\n\n${cells('import {x} from "./tables/no-such.js";')}`);
    const {code, output} = await runScript(project.folder, "build");
    rmSync(source("missing.md"));
    expect(code).toBe(1);
    expect(output).toMatch(/no-such\.js/);
    expect(checksums(dist())).toEqual(before);
  });

  test.each(["data and pages", "scripts", "output of cells into pages", "checks"])(
    "killed during “%s”, it leaves the last site whole",
    async (step) => {
      const before = checksums(dist());
      // The build itself stops at the step's first line, however busy the machine is. Checks never pause on their own.
      const stop = join(project.folder, "stop.cjs");
      const when = step === "checks" ? "stop()" : "setImmediate(stop)";
      writeFileSync(
        stop,
        `const {log} = console;
         const stop = () => process.kill(-process.pid, "SIGKILL");
         console.log = (line) => { log(line); if (line === "${step} …") ${when}; };`
      );
      const code = await new Promise((resolve, reject) => {
        const options = {cwd: project.folder, detached: true, stdio: "ignore"} as const;
        const child = spawn(
          process.execPath,
          ["--require", stop, "--import", "tsx", "scripts/build/build.ts"],
          options
        );
        child.on("error", reject);
        child.on("close", resolve);
      });
      expect(code).toBeNull();
      expect(checksums(dist())).toEqual(before);
    }
  );
});

test("two builds of the same files, in two folders, on two days and in two places of the earth, are the same", async () => {
  const project = copyProject();
  try {
    // Every file is of another time, and so is the clock.
    const then = new Date("2001-02-03T04:05:06Z");
    for (const entry of readdirSync(project.folder, {recursive: true, withFileTypes: true})) {
      if (entry.isFile() && !entry.parentPath.includes("node_modules")) {
        utimesSync(join(entry.parentPath, entry.name), then, then);
      }
    }
    mkdirSync(join(project.folder, "test-results"), {recursive: true});
    const clock = join(project.folder, "test-results/clock.cjs");
    writeFileSync(
      clock,
      `const Real = Date, later = 400.3 * 864e5;
       globalThis.Date = class extends Real {
         constructor(...values) { values.length ? super(...values) : super(Real.now() + later); }
         static now() { return Real.now() + later; }
       };`
    );
    const env = {
      NODE_OPTIONS: `--require=${clock}`,
      TZ: "Pacific/Auckland",
      LANG: "tr_TR.UTF-8",
      LC_ALL: "tr_TR.UTF-8"
    };
    const {code, output} = await runScript(project.folder, "build", {env});
    expect(code, output).toBe(0);
    expect(checksums(join(project.folder, "dist"))).toEqual(checksums(inject("dist")));
  } finally {
    project.remove();
  }
});
