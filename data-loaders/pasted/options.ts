import {oneOf} from "../read/problem.js";
import options from "./options.json" with {type: "json"};
import type {ReadOptions} from "./read.js";
import {pastedMeasures} from "./words.js";

/** What a person may say of a pasted table where a guess is wrong, by the names of the commands' options. */
export const pastedOptions = options;
export type PastedOption = keyof typeof pastedOptions;

/** The options as lines of a command's help. */
export const pastedHelp = Object.entries(pastedOptions)
  .map(([name, says]) => `  --${name.padEnd(14)} ${says}`)
  .join("\n");

/** The options that were given, as the reader takes them. Throws an Error in a sentence for one that makes no sense. */
export function toReadOptions(given: Readonly<Partial<Record<PastedOption, string>>>): ReadOptions {
  const list = (name: PastedOption) => given[name]?.split(/[\s,]+/).filter(Boolean);
  const numbers = (name: PastedOption) =>
    list(name)?.map((text) => {
      if (!/^\d{1,5}$/.test(text)) throw new Error(`--${name}: found “${text}”, expected whole numbers.`);
      return Number(text);
    });
  const measures = list("numbers")?.map((word) => {
    const measure = pastedMeasures.find((name) => name === word);
    if (!measure) throw new Error(`--numbers: found “${word}”, expected ${oneOf(pastedMeasures)}.`);
    return measure;
  });
  const {decimal, encoding, delimiter, sheet} = given;
  if (decimal !== undefined && decimal !== "." && decimal !== ",") {
    throw new Error(`--decimal: found “${decimal}”, expected “.” or “,”.`);
  }
  const all = {
    decimal,
    encoding,
    delimiter,
    sheet,
    header: numbers("header")?.[0],
    labels: numbers("labels")?.[0],
    measures,
    splitRows: numbers("rows"),
    splitColumns: numbers("columns"),
    rowVariable: given["row-name"],
    columnVariable: given["column-name"]
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
