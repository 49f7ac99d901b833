import {cpSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {parse} from "csv-parse/sync";
import yaml from "js-yaml";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {root} from "../../scripts/paths.js";
import {type Random, seeded} from "../../src/statistics/random.js";
import {csvText} from "../../src/tables/csv.js";
import {launch, serve, settle} from "./browser.js";
import {copyProject, runScript} from "./workspace.js";

/**
 * A report whose every free text holds what some language takes for more than text. The same words must come out of
 * every file and every page, still and live.
 */
describe("text that looks like code", () => {
  const random = seeded(Number(process.env.NAV_SEED ?? 1));
  const fixture = join(root, "test/second-report");
  const pieces = [
    "<x-evil onclick='x'>",
    "</script><x-evil>",
    "&amp; &lt;x-evil&gt; & <",
    "$" + "{1 + 1}",
    "$& $1 $`",
    "'\" “”",
    "\\ \\n \\u0041",
    "\u05e2\u05d1\u05e8\u05d9\u05ea \u202ex",
    "W".repeat(200),
    "--> ]]> {{ }} %}",
    "*a* _b_ [c](d) `e`",
    "=1+1",
    "{ } ~ ^ # %",
    "yes: no # x",
    "ø😀"
  ];
  const spoilt = (text: string, random: Random) => {
    const chosen = Array.from({length: 3}, () => pieces[Math.floor(random() * pieces.length)]);
    return `${chosen[0]} ${text} ${chosen[1]} ${chosen[2]}.`;
  };

  /** The columns of raw files that hold nothing but text for readers. */
  const free: Readonly<Record<string, readonly string[]>> = {
    "variables.csv": ["label", "label_en", "question", "question_en", "asked", "asked_en"],
    "categories.csv": ["label", "label_en"],
    "tables.csv": ["title", "title_en", "asked", "asked_en", "use_note"],
    "claims.csv": ["paraphrase", "note"],
    "errata.csv": ["place", "printed", "correct", "evidence"]
  };

  let project: ReturnType<typeof copyProject>;
  let site: Awaited<ReturnType<typeof serve>>;
  const at = (path: string) => join(project.folder, path);
  const read = (path: string) => readFileSync(at(`dist/${path}`), "utf8");
  const records = new Map<string, Record<string, string>[]>();
  let about: Record<string, unknown>;
  let cited: {title: string; abstract: string; authors: {name: string}[]; keywords: string[]};
  const page = {title: "", description: ""};

  beforeAll(async () => {
    project = copyProject();
    rmSync(at("data-loaders/raw"), {recursive: true});
    for (const name of readdirSync(at("src")))
      if (name.endsWith(".md") && name !== "every-check.md") rmSync(at(`src/${name}`));
    cpSync(join(fixture, "raw"), at("data-loaders/raw"), {recursive: true});
    for (const [name, columns] of Object.entries(free)) {
      const lines = parse(readFileSync(at(`data-loaders/raw/${name}`), "utf8"), {columns: true}) as Record<
        string,
        string
      >[];
      for (const line of lines) {
        for (const column of columns) if (line[column]) line[column] = spoilt(line[column] ?? "", random);
      }
      records.set(name, lines);
      const names = Object.keys(lines[0] ?? {});
      writeFileSync(
        at(`data-loaders/raw/${name}`),
        csvText(
          names,
          lines.map((line) => names.map((key) => line[key] || null))
        )
      );
    }
    about = JSON.parse(readFileSync(join(fixture, "about.json"), "utf8")) as Record<string, unknown>;
    for (const name of ["title", "footer", "source", "country"]) about[name] = spoilt(String(about[name]), random);
    writeFileSync(at("data-loaders/about.json"), JSON.stringify(about));
    cited = yaml.safeLoad(readFileSync(join(fixture, "CITATION.cff"), "utf8")) as typeof cited;
    cited = {
      ...cited,
      title: String(about.title),
      abstract: spoilt("About", random),
      authors: [{name: spoilt("The canteen", random)}],
      keywords: [spoilt("word", random)]
    };
    writeFileSync(at("CITATION.cff"), JSON.stringify(cited));
    page.title = spoilt("Words", random);
    page.description = spoilt("What the page is about", random);
    cpSync(join(fixture, "pages"), at("src"), {recursive: true});
    writeFileSync(
      at("src/index.md"),
      `---\ntitle: ${JSON.stringify(page.title)}\ndescription: ${JSON.stringify(page.description)}\ntables: [13]\n---\n\n# Words

\`\`\`js
import {comparisonTable} from "./components/comparison-table.js";
import {codebookVariables} from "./components/codebook-list.js";
import {readTable} from "./components/data.js";
import {figure} from "./components/figure.js";
import {compareTable} from "./tables/comparison.js";
import {recomputeTable} from "./tables/recompute.js";
import * as Plot from "@observablehq/plot";

const published = readTable(await FileAttachment("data/published.arrow").arrayBuffer());
const respondents = readTable(await FileAttachment("data/respondents.arrow").arrayBuffer());
const report = await FileAttachment("data/report.json").json();
const codebook = await FileAttachment("data/codebook.json").json();
const labels = report.variables.flatMap((v) => v.categories.map((c) => c.labelEn));
\`\`\`

In a sentence: \${labels[0]}; <b>\${report.variables[0].labelEn}</b>, and \${report.tables[0].titleEn}.

\`\`\`js
figure({node: Plot.plot({marginLeft: 300, marks: [Plot.dot(labels, {y: (d) => d, x: 1, title: (d) => d}), Plot.ruleX([0])]}), language: "en", words: labels[1], numbers: labels.map((label) => ({[labels[0]]: label}))}, {title: labels[0], source: report.tables[0].titleEn})
\`\`\`

\`\`\`js
display(comparisonTable(compareTable(published, report, 13, recomputeTable(respondents, report, 13)), report, 13));
display(codebookVariables(codebook, []));
\`\`\`
`
    );
    const {code, output} = await runScript(project.folder, "build");
    if (code !== 0) throw new Error(output);
    site = await serve(at("dist"));
  }, 240_000);
  afterAll(() => {
    site?.close();
    project?.remove();
  });

  const texts = (name: string, ...columns: string[]) =>
    (records.get(name) ?? []).flatMap((line) => columns.flatMap((column) => line[column] || []));
  const squeeze = (text: string | null | undefined) => (text ?? "").replaceAll(/\s+/g, " ");

  test("is text on every still page", () => {
    for (const name of readdirSync(at("dist")).filter((file) => file.endsWith(".html") && file !== "404.html")) {
      const {document} = new JSDOM(read(name)).window;
      expect(document.querySelectorAll("x-evil"), name).toHaveLength(0);
      expect(squeeze(document.querySelector("#observablehq-footer")?.textContent), name).toContain(
        squeeze(String(about.footer))
      );
      expect(document.title, name).toContain(String(about.title));
    }
    const {document} = new JSDOM(read("index.html")).window;
    const main = squeeze(document.querySelector("main")?.textContent);
    const labels = texts("categories.csv", "label_en");
    const asked = (records.get("variables.csv") ?? []).filter(({kind}) => kind !== "structure");
    for (const text of [
      ...labels,
      ...asked.flatMap(({label, question_en, asked_en}) => [label ?? "", question_en ?? "", asked_en ?? ""]),
      ...texts("tables.csv", "title_en").slice(0, 1)
    ]) {
      expect(main).toContain(squeeze(text));
    }
    expect(main).toContain(squeeze(`In a sentence: ${labels[0]}; `));
    expect(squeeze(document.querySelector(".drawing svg")?.textContent)).toContain(squeeze(labels[0]));
    expect(document.querySelector(".drawing")?.getAttribute("aria-label")).toBe(labels[1]);
    expect(document.querySelector("meta[name=description]")?.getAttribute("content")).toBe(page.description);
    expect(squeeze(document.querySelector("#observablehq-sidebar")?.textContent)).toContain(
      squeeze(String(about.title))
    );
    const [script] = document.querySelectorAll("script[type='application/ld+json']");
    const [dataset] = (JSON.parse(script?.textContent ?? "") as {"@graph": Record<string, unknown>[]})["@graph"];
    expect(dataset).toMatchObject({name: cited.title, citation: about.source, keywords: cited.keywords});
  });

  test("is the same words on the live page, and in its drawing as a file", async () => {
    const browser = await launch();
    try {
      const live = await browser.newPage();
      await live.goto(`${site.url}/index.html`);
      const words = () =>
        live.evaluate(() => document.querySelector("main")?.textContent?.replaceAll(/\s+/g, " ") ?? "");
      await settle(live);
      const main = await words();
      for (const text of texts("categories.csv", "label_en")) expect(main).toContain(squeeze(text));
      expect(main).toContain(squeeze(`In a sentence: ${texts("categories.csv", "label_en")[0]}; `));
      expect(await live.locator("x-evil").count()).toBe(0);
      const [download] = await Promise.all([
        live.waitForEvent("download"),
        live.locator("[data-as=svg]").first().dispatchEvent("click")
      ]);
      const svg = new JSDOM(readFileSync(await download.path(), "utf8"), {contentType: "image/svg+xml"}).window
        .document;
      expect(svg.querySelector("title")?.textContent).toBe(texts("categories.csv", "label_en")[0]);
      const drawn = squeeze(svg.documentElement.textContent);
      for (const text of texts("categories.csv", "label_en")) expect(drawn).toContain(squeeze(text));
    } finally {
      await browser.close();
    }
  });

  test("is the same words in Arrow, CSV and JSON", () => {
    const arrow = tableFromIPC(readFileSync(at("dist/data/respondents.arrow")));
    const [shift] = arrow.schema.fields;
    expect(shift?.metadata.get("label")).toBe(texts("variables.csv", "label_en")[0]);
    expect(arrow.schema.metadata.get("source")).toBe(about.source);
    const codebook = parse(read("data/codebook.csv"), {columns: true}) as Record<string, string>[];
    const rows = codebook.filter(({order}) => order !== "");
    expect(rows.map(({category_en}) => category_en)).toEqual(texts("categories.csv", "label_en"));
    const json = JSON.parse(read("data/codebook.json")) as {variables: {question: string}[]};
    expect(json.variables.flatMap(({question}) => question || [])).toEqual(texts("variables.csv", "question"));
    const errata = JSON.parse(read("data/errata.json")) as {evidence: string}[];
    expect(errata.map(({evidence}) => evidence)).toEqual(texts("errata.csv", "evidence"));
    const claims = parse(read("data/claims.csv"), {columns: true}) as {paraphrase: string}[];
    expect(claims.map(({paraphrase}) => paraphrase)).toEqual(texts("claims.csv", "paraphrase"));
    expect(JSON.parse(read("data/datapackage.json"))).toMatchObject({
      title: cited.title,
      sources: [{title: about.source}]
    });
  });

  test("is the same words in BibTeX", () => {
    const {bibtex} = JSON.parse(read("data/citation.json")) as {bibtex: string};
    const [, title = ""] = /^ {2}title = \{\{(.*)\}\},$/m.exec(bibtex) ?? [];
    const named = {backslash: "\\", braceleft: "{", braceright: "}", asciitilde: "~", asciicircum: "^"};
    const plain = title.replaceAll(
      /\\text(\w+)\{\}|\\([#$%&_])/g,
      (_, name, sign) => sign ?? named[name as keyof typeof named]
    );
    expect(plain).toBe(cited.title);
    let depth = 0;
    for (const sign of bibtex) {
      depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
  });
});
