import {expect, test} from "vitest";
import {filesOf} from "../../../data-loaders/read/catalogue.js";
import {RawDataError} from "../../../data-loaders/read/problem.js";
import {readRawFolder} from "../../../data-loaders/read/raw.js";
import {type Report, readReport} from "../../../data-loaders/read/report.js";
import {type Random, seeded} from "../../../src/statistics/random.js";

/**
 * Every raw file is damaged thousands of times, and each time the loader must either name what is wrong, in a place
 * that exists, or read a report of the same structure: the same numbers in the same places, whatever they say.
 */

const raw = readRawFolder();
const original = readReport(raw);
const mutants = 4500;

/** The measures of files whose layout does not tell how many numbers they have. */
const uncountable = new Set<string>(["code", "axis_tick"]);

/** A damage to a file’s bytes. Fields are what stands between commas, quotes or not. */
type Mutation = (bytes: Buffer, random: Random) => Buffer;

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;
const place = (length: number, random: Random) => Math.floor(random() * length);

/** A mutation of the list that a separator parts a text into. */
function onParts(separator: string, change: (parts: string[], random: Random) => void): Mutation {
  return (bytes, random) => {
    const parts = bytes.toString("utf8").split(separator);
    change(parts, random);
    return Buffer.from(parts.join(separator));
  };
}

/** A mutation of the fields of one line. */
function onFields(change: (fields: string[], random: Random) => void): Mutation {
  return onParts("\n", (lines, random) => {
    const l = place(lines.length - 1, random);
    const fields = (lines[l] ?? "").split(",");
    change(fields, random);
    lines[l] = fields.join(",");
  });
}

function swap(list: string[], random: Random): void {
  const [a, b] = [place(list.length, random), place(list.length, random)];
  [list[a], list[b]] = [list[b] ?? "", list[a] ?? ""];
}

/** A mutation that puts text where `length` characters were. */
function onText(change: (random: Random) => {length: number; text: string}): Mutation {
  return (bytes, random) => {
    const characters = [...bytes.toString("utf8")];
    const {length, text} = change(random);
    characters.splice(place(characters.length, random), length, text);
    return Buffer.from(characters.join(""));
  };
}

const tokens = [
  "0",
  "7",
  "1257",
  "101",
  "-3",
  "4,5",
  "12%",
  "1e5",
  "NaN",
  "",
  "000",
  "99999999999999999999",
  "٣",
  "½",
  "total"
];

const mutations: Record<string, Mutation> = {
  "delete a line": onParts("\n", (lines, random) => lines.splice(place(lines.length - 1, random), 1)),
  "duplicate a line": onParts("\n", (lines, random) => {
    const l = place(lines.length - 1, random);
    lines.splice(l, 0, lines[l] ?? "");
  }),
  "swap two lines": onParts("\n", swap),
  "delete a field": onFields((fields, random) => fields.splice(place(fields.length, random), 1)),
  "empty a field": onFields((fields, random) => fields.splice(place(fields.length, random), 1, "")),
  "duplicate a field": onFields((fields, random) => {
    const f = place(fields.length, random);
    fields.splice(f, 0, fields[f] ?? "");
  }),
  "swap two fields": onFields(swap),
  "replace a field": onFields((fields, random) => fields.splice(place(fields.length, random), 1, pick(tokens, random))),
  "delete a column": onParts("\n", (lines, random) => {
    const f = place((lines[0] ?? "").split(",").length, random);
    for (const [l, line] of lines.entries()) lines[l] = line.split(",").toSpliced(f, 1).join(",");
  }),
  "swap two labels": (bytes, random) => {
    // Which of its items a coding note is of, only the note itself says.
    if (bytes.toString("utf8").startsWith("item,")) return bytes;
    // Labels stand in the first line and in the first field of the others; all their occurrences change places.
    const lines = bytes.toString("utf8").split("\n");
    const labels = [...new Set([...(lines[0] ?? "").split(","), ...lines.map((line) => line.split(",")[0] ?? "")])];
    const [a, b] = [pick(labels, random), pick(labels, random)];
    const swapped = lines.map((line) => line.split(",").map((field) => (field === a ? b : field === b ? a : field)));
    return Buffer.from(swapped.join("\n"));
  },
  "swap the labels of two lines": onParts("\n", (lines, random) => {
    const [a, b] = [place(lines.length - 1, random), place(lines.length - 1, random)];
    const [first = "", ...rest] = (lines[a] ?? "").split(",");
    const [second = "", ...others] = (lines[b] ?? "").split(",");
    if (a === b) return;
    lines[a] = [second, ...rest].join(",");
    lines[b] = [first, ...others].join(",");
  }),
  "replace a number": (bytes, random) => {
    const text = bytes.toString("utf8");
    const numbers = [...text.matchAll(/\d+/g)];
    const {index = 0, 0: number = ""} = numbers[place(numbers.length, random)] ?? {};
    return Buffer.from(text.slice(0, index) + pick(tokens, random) + text.slice(index + number.length));
  },
  "delete a character": onText(() => ({length: 1, text: ""})),
  "insert a character": onText((random) => ({
    length: 0,
    text: pick([...'",;\n\r\0\t Aa0%@|\u00a0\u00ad\u0301\ufeff\u2028😀'], random)
  })),
  "replace a character": onText((random) => ({length: 1, text: pick([...'",\n\0 aå1-*'], random)})),
  "insert a word": onText((random) => ({
    length: 0,
    text: pick(['""', ",,,", "\n\n", "\r\n", '",', " | ", " @2", "(blank)"], random)
  })),
  "change a byte": (bytes, random) => {
    const copy = Buffer.from(bytes);
    copy[place(copy.length, random)] = place(256, random);
    return copy;
  },
  "delete bytes": (bytes, random) => {
    const from = place(bytes.length, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + place(20, random))]);
  },
  "cut short": (bytes, random) => bytes.subarray(0, place(bytes.length, random)),
  "cut short at a line": onParts("\n", (lines, random) => {
    lines.splice(place(lines.length - 1, random), lines.length, "");
  })
};

/**
 * What a report prints where: for each table each number's measure, categories and places, in print order. A category
 * is known by its place in the codebook, so that a code that is renamed there, where codes are defined, is no other.
 * The coding notes have no places in print; their order is their file's and says nothing. Codes and axis ticks are only
 * counted where the catalogue says how many there are: nothing else in the raw files does.
 */
function structure({codebook, tables}: Report): string {
  const number = new Map<string, string>();
  return tables
    .map(({entry, cells}) => {
      const of = (name: string | undefined, code: string) => {
        const key = `${name} ${code}`;
        const known = number.get(key);
        if (known !== undefined) return known;
        const at = codebook.get(name ?? "")?.categories.findIndex((c) => c.code === code) ?? -1;
        number.set(key, at < 0 ? code : String(at));
        return number.get(key);
      };
      const counted = cells.filter(({measure}) => entry.numbers !== null || !uncountable.has(measure));
      const lines = counted.map(({row, column, measure}) =>
        [
          row && of(entry.row.name, row.code),
          row?.index,
          column && of(entry.column?.name, column.code),
          column?.index,
          measure
        ].join(" ")
      );
      return [entry.table, ...(entry.extras.includes("coding") ? lines.sort() : lines)].join("\n");
    })
    .join("\n");
}

/** The files that a table is read from, alone in a folder with the codebook and its line of the catalogue. */
function folderOf(name: string): ReadonlyMap<string, Uint8Array> {
  const read = original.tables.find(({entry}) => filesOf(entry).includes(name));
  if (!read) return raw;
  const catalogue = Buffer.from(raw.get("tables.csv") ?? []).toString("utf8");
  const lines = catalogue.split("\n").filter((line, l) => l === 0 || line.startsWith(`${read.entry.table},`));
  const own = ["variables.csv", "categories.csv", ...filesOf(read.entry)].map(
    (file) => [file, raw.get(file) ?? Buffer.of()] as const
  );
  return new Map([...own, ["tables.csv", Buffer.from(`${lines.join("\n")}\n`)]]);
}

/** For each raw file the least folder in which it can be read, and that folder's structure. */
const folders = new Map(
  [...raw.keys()].map((name) => {
    const folder = folderOf(name);
    return [name, {folder, expected: structure(readReport(folder))}];
  })
);

/** Whether one mutant is refused or read as before, or else what is wrong with the answer to it. */
function judge(name: string, mutant: Buffer): "refused" | "read" | {wrong: string} {
  const {folder = raw, expected = ""} = folders.get(name) ?? {};
  const files = new Map(folder).set(name, mutant);
  const start = performance.now();
  try {
    const report = readReport(files);
    return structure(report) === expected ? "read" : {wrong: "the structure changed and nothing was said"};
  } catch (error) {
    if (!(error instanceof RawDataError)) return {wrong: `an error that is no report of problems: ${error}`};
    if (error.problems.length === 0) return {wrong: "a report of no problems"};
    for (const {file, line, column, ...told} of error.problems) {
      if (!told.found || !told.expected)
        return {wrong: `nothing found or expected in ${JSON.stringify({file, line, ...told})}`};
      const bytes = files.get(file);
      if (!bytes) {
        if (told.found !== "no such file") return {wrong: `a problem in ${file}, which there is not`};
        continue;
      }
      const lines = Buffer.from(bytes).toString("utf8").split("\n").length;
      if (line !== null && (line < 1 || line > lines)) return {wrong: `line ${line} in ${file}, which has ${lines}`};
      if (column !== null && (line === null || column < 1))
        return {wrong: `column ${column} of line ${line} in ${file}`};
    }
    if (error.message.includes("undefined")) return {wrong: `an unfinished message: ${error.message}`};
    return "refused";
  } finally {
    const took = performance.now() - start;
    if (took > 2000) expect.fail(`${name} took ${Math.round(took)} ms`);
  }
}

test(`${mutants} damaged raw files are refused with reasons, or change no structure`, () => {
  const names = [
    "variables.csv",
    "categories.csv",
    "tables.csv",
    ...original.tables.flatMap(({entry}) => filesOf(entry))
  ];
  const kinds = Object.keys(mutations);
  const failures: string[] = [];
  const tally = {refused: 0, read: 0, unchanged: 0};
  for (let seed = 0; seed < mutants; seed++) {
    const random = seeded(seed);
    // Every file meets every kind of damage; the number of kinds and of files must have no divisor in common for it.
    const name = names[seed % names.length] ?? "";
    const kind = kinds[Math.floor(seed / names.length) % kinds.length] ?? "";
    const bytes = Buffer.from(raw.get(name) ?? []);
    const mutant = mutations[kind]?.(bytes, random) ?? bytes;
    if (mutant.equals(bytes)) {
      tally.unchanged++;
      continue;
    }
    const answer = judge(name, mutant);
    if (typeof answer === "string") tally[answer]++;
    else failures.push(`seed ${seed}, ${kind} in ${name}: ${answer.wrong}\n${difference(bytes, mutant)}`);
  }
  expect(failures.join("\n\n")).toBe("");
  // A damage that leaves most files as they are would prove nothing.
  expect(tally.refused + tally.read).toBeGreaterThan(4000);
  expect(tally.refused).toBeGreaterThan(mutants / 2);
});

/** The part of a file that a mutation changed, before and after. */
function difference(before: Buffer, after: Buffer): string {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  const from = Math.max(0, start - 30);
  const show = (bytes: Buffer) => JSON.stringify(bytes.subarray(from, start + 60).toString("utf8"));
  return `  byte ${start}\n  before ${show(before)}\n  after  ${show(after)}`;
}
