import "../../src/sandbox/dom.js";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {runInThisContext} from "node:vm";
import {root} from "../../scripts/paths.js";
import {type Chapter, type ChapterFiles, chapterOf} from "../../src/components/chapter.js";
import {readTable} from "../../src/components/data.js";
import type {FigureText} from "../../src/components/figure.js";
import {type Drawing, textIn} from "../../src/figures/drawing.js";
import * as notebook from "../../src/notebook.js";
import {cellCode, type Helper, helper, readCell} from "../../src/sandbox/cell-code.js";
import type {Counts} from "../../src/tables/counts.js";
import {made} from "../data-loaders/made.js";

/** A page that imports the notebook, with its cells as its source has them. */
export interface Notebook {
  readonly page: string;
  readonly cells: readonly string[];
}

/** Every page of the site that is written as a notebook. */
export function readNotebooks(): Notebook[] {
  return (
    readdirSync(join(root, "src"))
      .filter((name) => name.endsWith(".md"))
      .map((page) => {
        const text = readFileSync(join(root, "src", page), "utf8");
        const cells = [...text.matchAll(/^```(?:js|ts)\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
        const inline = [...text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/g)];
        return {page, cells: [...cells, ...inline.map(([, code = ""]) => code)]};
      })
      .filter(({cells}) => cells.some((code) => code.includes('"./notebook.js"')))
      // Pages with controls of their own run in a browser only.
      .filter(({cells}) => !cells.some((code) => /\b(view\(|invalidation\b)/.test(code)))
  );
}

/** A figure of a notebook: its title in English, and its numbers as readers see them. */
export interface Drawn {
  readonly title: string;
  readonly numbers: Drawing["numbers"];
}

/** What a notebook gave to one printed table. */
export interface Given {
  readonly table: number;
  readonly counts: Counts | null;
}

const bytes = async (name: string) => {
  const {buffer, byteOffset, byteLength} = await made(name);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
};
const rows = async (name: string) => readTable(await bytes(name)).objects({limit: Number.POSITIVE_INFINITY});
const json = async (name: string) => JSON.parse(new TextDecoder().decode(await bytes(name))) as unknown;

/** The published files, made from the raw ones in this process. */
export async function chapterFiles(): Promise<ChapterFiles> {
  return {
    respondents: readTable(await bytes("respondents.arrow")),
    published: readTable(await bytes("published.arrow")),
    bounds: readTable(await bytes("bounds.arrow")),
    claims: await rows("claims.arrow"),
    tests: await rows("tests.arrow"),
    checks: await rows("checks.arrow"),
    codebook: await json("report.json"),
    errata: await json("errata.json"),
    places: await json("places.json")
  } as unknown as ChapterFiles;
}

/**
 * Runs all cells of a notebook, each after those that it needs, and tells what it gave to its printed tables; its
 * figures are added to `drawn`. Throws what a cell throws.
 */
export async function runNotebook({cells}: Notebook, files: ChapterFiles, drawn: Drawn[] = []): Promise<Given[]> {
  const given: Given[] = [];
  const chapter = chapterOf(files, "en");
  const recording: Chapter = Object.create(chapter, {
    table: {
      value: (table: number, counts: Counts | null = null, ...also: string[]) => {
        given.push({table, counts});
        return chapter.table(table, counts, ...also);
      }
    }
  });
  const figure = (drawing: Drawing, text: FigureText) => {
    drawn.push({title: textIn(text.title, "en"), numbers: drawing.numbers});
    return notebook.figure(drawing, text);
  };
  const others = new Map<string, unknown>();
  for (const [, path = ""] of cells.join("\n").matchAll(/ from "\.\/(.+)\.js"/g)) {
    others.set(`./${path}.js`, await import(join(root, "src", `${path}.ts`)));
  }
  const help: Helper = {
    value: () => {},
    imported: (path) => {
      if (path === "./notebook.js") return {...notebook, chapter: () => recording, figure};
      if (!others.has(path)) throw new Error(`a notebook imports ${path}`);
      return others.get(path) as Record<string, unknown>;
    }
  };
  const scope: Record<string, unknown> = {
    [helper]: help,
    width: 640,
    display: (value: unknown) => value,
    location: new URL("http://page.invalid/"),
    Generators: {
      observe: (start: (tell: (value: unknown) => void) => void) => {
        let last: unknown;
        start((value) => {
          last = value;
        });
        return last;
      }
    },
    FileAttachment: (path: string) => ({
      arrayBuffer: () => bytes(path.replace(/^data\//, "")),
      json: () => json(path.replace(/^data\//, ""))
    })
  };
  for (const code of inOrder(cells)) {
    const cell = cellCode(code, Object.keys(scope));
    if (!cell.ok) throw new Error(cell.problem.message);
    const run = runInThisContext(cell.source) as (scope: object) => Promise<Record<string, unknown>>;
    Object.assign(scope, await run(scope));
  }
  return given;
}

/** Cells, each after those that declare what it needs. */
function inOrder(cells: readonly string[]): string[] {
  const read = cells.map((code) => readCell(code));
  const order = new Set<number>();
  const enter = (i: number) => {
    if (order.has(i)) return;
    for (const name of read[i]?.needs ?? []) {
      const home = read.findIndex((cell) => cell?.declares.includes(name));
      if (home >= 0 && home !== i) enter(home);
    }
    order.add(i);
  };
  for (const i of cells.keys()) enter(i);
  return [...order].map((i) => cells[i] ?? "");
}
