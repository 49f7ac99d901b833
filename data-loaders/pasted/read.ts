import {type Block, type BlockOptions, blocksOf} from "./blocks.js";
import type {Findings} from "./check.js";
import {type DecodeOptions, decode} from "./decode.js";
import {type LayoutOptions, layout} from "./layout.js";
import {type DecimalSign, decimalSign} from "./number.js";

export interface ReadOptions extends DecodeOptions, LayoutOptions, BlockOptions {
  readonly decimal?: DecimalSign;
}

/** How a pasted file is understood. */
export interface Reading {
  readonly blocks: readonly Block[];
  readonly titles: readonly string[];
  /** Whether a title or a note says that counts are weighted. */
  readonly weighted: boolean;
  /** What was inferred, and from what. */
  readonly notes: readonly string[];
}

/** Reads a pasted table. Throws an Error in one sentence where the file is no table. */
export function readPasted(bytes: Uint8Array, options: ReadOptions = {}): Reading {
  const {grid, notes: decoded} = decode(bytes, options);
  const notes = [...decoded];
  const decimal = options.decimal ?? decimalSign(grid.flat().map(({text}) => text));
  const sections = layout(grid, decimal, options);
  if (sections.length === 0) throw new Error("No table is seen: no line has a label with numbers beside it.");
  const blocks = sections.flatMap((section) => blocksOf(section, decimal, options, (note) => notes.push(note)));
  if (blocks.length === 0) throw new Error("No numbers are seen beside the labels.");
  const below = sections.flatMap((section) => section.notes);
  const said = [
    ...below,
    ...sections.flatMap((section) => section.titles),
    ...blocks.flatMap(({rows}) => rows.map(({label}) => label))
  ];
  return {
    blocks,
    weighted: said.some(
      (text) => /\bweight(?:ed|s|ing)\b|\bvekt(?:et|ede)\b|\bgewichtet/i.test(text) && !/\bunweighted\b/i.test(text)
    ),
    titles: sections.flatMap((section) => section.titles),
    notes: [...notes, ...below.map((text) => `Below the table: ${text}`)]
  };
}

/** The reading as plain data: the contract of `read-table --json`. */
export function readingJson({blocks, notes}: Reading, found: Pick<Findings, "notes" | "problems">) {
  return {
    blocks: blocks.map(({rowVariable, columnVariable, rows, columns, cells}) => {
      const own = (measure: string) => cells.filter((cell) => cell.measure === measure);
      // A test of the whole block, or the first that a list of tests has.
      const [p] = own("p").filter(({r}, _, all) => r < 0 || all.length === own("p").length);
      const tests = own("p").every(({r}) => r < 0) || columns.length === 0;
      const sizes = own("base").concat(
        cells.filter(
          ({measure, r, c}) => measure === "count" && rows[r]?.total && (columns[c]?.total || columns.length === 0)
        )
      );
      const whole = sizes.find(({c}) => columns[c]?.total) ?? (columns.length === 0 ? sizes.at(-1) : undefined);
      return {
        rowVariable,
        columnVariable,
        rows: rows.map(({label}) => label),
        columns: columns.map(({label}) => label),
        cells: cells.map(({r: _r, c: _c, token: _token, called: _called, ...cell}) => cell),
        p: tests ? (p?.printed ?? null) : null,
        statistic: tests ? (own("statistic")[0]?.printed ?? null) : null,
        base: whole?.value ?? null
      };
    }),
    notes: [...notes, ...found.notes],
    problems: [...found.problems]
  };
}
