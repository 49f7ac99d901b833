import type {Field} from "./decode.js";
import type {Placed, Section} from "./layout.js";
import {type DecimalSign, readField, type Token} from "./number.js";
import {
  type Head,
  isBase,
  isDf,
  isGeneric,
  isOther,
  isP,
  isStatistic,
  isTotal,
  type PastedMeasure,
  readHead,
  splitVariable,
  unmarked
} from "./words.js";

/** A printed number of a pasted table, and what it is taken for. */
export interface PastedCell {
  readonly row: string | null;
  readonly column: string | null;
  readonly measure: PastedMeasure;
  readonly printed: string;
  /** Null where nothing but a bound, a level or that there is nothing is known. */
  readonly value: number | null;
  readonly line: number;
  readonly field: number;
  /** Only for a value that is a bound: `<` for `<.0001`. */
  readonly bound?: "<" | ">";
}

/** A row or column of a block: what it is called, and whether it counts all others together. */
export interface BlockSide {
  readonly label: string;
  readonly total: boolean;
}

/** A cell by its places in the block, for arithmetic; −1 is no row or no column. */
export interface BlockCell extends PastedCell {
  readonly r: number;
  readonly c: number;
  readonly token: Token;
}

/** One crosstab, frequency table or list of a pasted table. */
export interface Block {
  readonly rowVariable: string | null;
  readonly columnVariable: string | null;
  readonly rows: readonly BlockSide[];
  readonly columns: readonly BlockSide[];
  readonly cells: readonly BlockCell[];
}

export interface BlockOptions {
  /** What the numbers of a field, or of the lines of a row, are, in their order. */
  readonly measures?: readonly PastedMeasure[];
  /** Lines of the file at which a new variable begins; fields at which a new column variable begins. */
  readonly splitRows?: readonly number[];
  readonly splitColumns?: readonly number[];
  readonly rowVariable?: string;
  readonly columnVariable?: string;
}

interface Column extends Head {
  /** Its place among the section's columns, from 0, and its field in the file. */
  readonly at: number;
  readonly field: number;
  readonly role: "data" | "p" | "statistic" | "df" | "test" | "other";
  readonly group: string | null;
  readonly total: boolean;
  readonly size: Field | null;
}

interface Row {
  readonly fields: readonly Field[];
  readonly group: string;
  readonly label: string;
  readonly measures: readonly PastedMeasure[];
  readonly role: "data" | "p" | "statistic" | "heading" | "base" | "other";
  readonly total: boolean;
  /** Whether its label is that of the line above: percents below counts. */
  readonly again: boolean;
}

/** Reads the blocks of a section; what was inferred goes to `say`. */
export function blocksOf(
  section: Section,
  decimal: DecimalSign,
  options: BlockOptions,
  say: (note: string) => void
): Block[] {
  const columns = columnsOf(section, decimal);
  const rows = rowsOf(section, columns, decimal);
  const corner = cornerOf(section);
  const stacks = stack(rows, columns, decimal, corner, options);
  const usual = options.measures ?? defaultMeasures(section);
  const plain = inferSingle(rows, columns, decimal);
  const pairs = inferPair(rows, columns, decimal, estimateOf(section), say);
  const context = {columns, decimal, usual, given: options.measures !== undefined, plain, pairs};
  const blocks = stacks.flatMap(({variable, columnVariable, rows: own}) => {
    const block = withBases(cellsOf(own, context));
    const groups = banners(block, columns, options);
    return groups.map(({name, keep}) => {
      const taken = keep ? only(block, keep) : block;
      const across = options.columnVariable ?? name ?? columnVariable;
      return {...taken, rowVariable: options.rowVariable ?? variable, columnVariable: across};
    });
  });
  const named = stacks.filter(({variable}) => variable !== null).length;
  if (stacks.length > 1) say(`${stacks.length} variables are stacked, ${named} of them with a name.`);
  if (blocks.length > stacks.length) say(`${blocks.length / stacks.length} column variables stand side by side.`);
  if (blocks.length === 1 && section.tests.length > 0) {
    const below = section.tests.flatMap((placed) => namedCell(placed, null) ?? []);
    return blocks.map((block) => ({...block, cells: [...block.cells, ...below]}));
  }
  return blocks.filter(({cells}) => cells.length > 0);
}

// Heads.

function cornerOf({header, stub}: Section): string[] {
  return Array.from({length: stub}, (_, c) =>
    unmarked(
      header
        .map((row) => row[c]?.text ?? "")
        .filter(Boolean)
        .join(" ")
    )
  );
}

function columnsOf({header, stub, rows}: Section, decimal: DecimalSign): Column[] {
  const width = header[0]?.length ?? 0;
  const textAt = (r: number, c: number): Field | null => {
    const field = header[r]?.[c];
    if (field?.text !== "") return field ?? null;
    // A head that spans columns stands over the first: it goes on to the right, but not over a total or a P.
    if (header.slice(0, r).some((row) => row[c]?.text)) return null;
    const below =
      header
        .slice(r + 1)
        .map((row) => row[c]?.text ?? "")
        .find(Boolean) ?? "";
    if (isTotal(below) || isP(below) || isStatistic(below) || isDf(below)) return null;
    if (c <= stub || (below === "" && r < header.length - 1 && header.slice(r + 1).some((row) => row[c - 1]?.text)))
      return null;
    if (below === "" && !rows.some((row) => row[c]?.text)) return null;
    const left = textAt(r, c - 1);
    return left && (isP(left.text) || (isTotal(readHead(left.text).label) && readHead(below).label !== ""))
      ? null
      : left;
  };
  const heads = Array.from({length: width - stub}, (_, i): Column => {
    const at = i + stub;
    const texts = header.flatMap((_, r) => textAt(r, at) ?? []);
    // “Valid” over “Percent” is one measure in two lines.
    const joined = readHead(texts.map(({text}) => text).join(" "));
    const parts = texts.map((field) => {
      const bare = readField(field.text, decimal);
      const size = bare?.length === 1 && bare[0]?.bracket && bare[0].kind === "number";
      return {field, ...(size ? {label: "", base: bare[0]?.printed ?? null, measures: []} : readHead(field.text))};
    });
    const labels = parts
      .map(({label}) => (isBase(label) && !isTotal(label) ? "" : label))
      .filter((label, j, all) => label !== "" && label !== all[j - 1]);
    const isMeasure =
      texts.length > 1 && joined.label === "" && /^(?:valid|cumulative)_percent$/.test(joined.measures.join());
    const label = isMeasure ? "" : (labels.at(-1) ?? "");
    const sized = parts.find(({base}) => base !== null);
    const raw = texts.at(-1)?.text ?? "";
    const named = rows.flatMap((row) => readField(row[at]?.text ?? "", decimal) ?? []).filter(({name}) => name !== "");
    const role =
      isP(raw) || isP(label)
        ? "p"
        : isDf(raw)
          ? "df"
          : isStatistic(unmarked(raw)) || isStatistic(label)
            ? "statistic"
            : named.length > 0 ||
                rows.every((row) => (readField(row[at]?.text ?? "", decimal) ?? null) === null || row[at]?.text === "")
              ? "test"
              : isOther(unmarked(raw)) &&
                  (raw.length > 1 || header.flat().some(({text}) => text.length > 1 && isOther(unmarked(text))))
                ? "other"
                : "data";
    return {
      at,
      field: header[0]?.[at]?.field ?? 0,
      role,
      label,
      base: sized?.base ?? null,
      size: sized?.field ?? null,
      measures: isMeasure
        ? joined.measures
        : (parts
            .map(({measures}) => measures)
            .filter((m) => m.length > 0)
            .at(-1) ?? (isBase(raw) ? ["base"] : [])),
      group: !isMeasure && labels.length > 1 ? labels.slice(0, -1).join(" ") : null,
      total: isTotal(label)
    };
  });
  // “M” and “F” beside each other are men and women, and not a mean and an F.
  const sexes =
    heads.some(({label}) => label === "M") || heads.some(({measures, label}) => label === "" && measures[0] === "mean");
  const letters = heads.map((head) =>
    head.label === "F" && sexes && head.role === "statistic" ? {...head, role: "data" as const} : head
  );
  return letters.map((head, i) => {
    // An interval has no name of its own: it belongs to the estimate on its left.
    const left = letters.slice(0, i).findLast(({measures}) => !measures.every((m) => m === "lower" || m === "upper"));
    return head.label === "" &&
      head.measures.length > 0 &&
      head.measures.every((m) => m === "lower" || m === "upper") &&
      left
      ? {...head, label: left.label, group: left.group, total: left.total}
      : head;
  });
}

function defaultMeasures({titles, header, stub}: Section): readonly PastedMeasure[] {
  const corner = header.flatMap((row) => row.slice(0, stub).map(({text}) => text));
  const said = [...titles, ...corner].map((text) => readHead(text).measures).filter((m) => m.length > 0);
  const words = titles.some((title) => /\b(?:per ?cent(?:age)?s?|prosent|prozent)\b/i.test(title));
  return said.at(-1) ?? (words ? ["percent"] : []);
}

// Rows.

function rowsOf({stub, rows: body}: Section, columns: readonly Column[], decimal: DecimalSign): Row[] {
  const stubText = (row: Field[], c: number) => row[c]?.text ?? "";
  const whole = (text: string) => {
    const head = readHead(text.replace(/ within .*$| of total$/i, ""));
    return text !== "" && head.label === "" && head.measures.length > 0 ? head.measures : null;
  };
  // The last label column may hold nothing but what each line is: n, %.
  const last = body.map((row) => stubText(row, stub - 1)).filter(Boolean);
  const words = last.filter((text) => whole(text) || /count|residual/i.test(text)).length;
  const measured = stub > 1 && words / last.length > 0.6;
  const labels = measured ? stub - 1 : stub;
  const lineWords = last.filter((text) => ["count", "percent"].includes(whole(text)?.[0] ?? ""));
  const inColumn = !measured && stub === 1 && lineWords.length > 1;
  let group = "";
  let label = "";
  return body.map((fields): Row => {
    const first =
      labels > 1
        ? Array.from({length: labels - 1}, (_, c) => stubText(fields, c))
            .filter(Boolean)
            .join(" ")
        : "";
    const own = stubText(fields, labels - 1);
    const word = measured ? stubText(fields, stub - 1) : own;
    const lineMeasures =
      measured || (inColumn && lineWords.includes(own)) || (own !== "" && whole(own)?.[0] === "percent")
        ? whole(word)
        : null;
    if (first !== "") group = unmarked(first);
    const values = fields.slice(stub).filter(({text}) => text !== "");
    const data = values.filter((field) => columns.some((c) => c.role === "data" && fields[c.at] === field));
    const head = readHead(own);
    const again =
      own === "" ||
      (lineMeasures !== null && (!measured || ((first === "" || first === group) && unmarked(own) === label)));
    const text = labels > 1 && own === "" && first !== "" ? unmarked(first) : head.label || unmarked(own);
    const starts = !again || (first !== "" && own === "");
    if (starts) label = text;
    // A P that stands in a line of its own has its number in any field after the label, a label column even.
    const extra = fields.slice(labels, stub).filter((field) => !measured || whole(field.text) === null);
    const loose = [...extra.filter((f) => readField(f.text, decimal)?.length), ...values];
    const role =
      isP(own) || (isP(first) && own === "")
        ? "p"
        : isStatistic(own) && !columns.some((c) => c.role === "p" || c.role === "df") && data.length < 2
          ? "statistic"
          : isOther(word)
            ? "other"
            : loose.length === 0 ||
                (data.length === 0 && values.length > 0 && own !== "" && columns.some((c) => c.role === "data"))
              ? "heading"
              : starts && isBase(own)
                ? "base"
                : "data";
    return {
      fields: role === "p" || role === "statistic" ? loose : fields,
      group,
      label: again && !starts ? label : text,
      measures: role === "base" ? [] : (lineMeasures ?? (own === "" ? [] : head.measures)),
      role: role === "heading" && again ? "other" : role,
      total: isTotal(label) || (first !== "" && own === "" && isTotal(first)),
      again: !starts
    };
  });
}

interface Stack {
  variable: string | null;
  columnVariable: string | null;
  rows: Row[];
}

/** Parts the rows by variable: by a label column, by headings, by P values, or by sums that begin anew. */
function stack(
  rows: readonly Row[],
  columns: readonly Column[],
  decimal: DecimalSign,
  corner: readonly string[],
  {splitRows}: BlockOptions
): Stack[] {
  const name = (text: string | undefined) =>
    text === undefined || isGeneric(text) ? null : readHead(text).label || null;
  const inner = name(corner.at(-1));
  const stacks: Stack[] = [];
  const open = (variable: string | null, columnVariable: string | null = null) => {
    const made: Stack = {variable, columnVariable, rows: []};
    stacks.push(made);
    return made;
  };
  if (splitRows) {
    for (const row of rows) {
      const at = row.fields[0]?.line ?? 0;
      if (stacks.length === 0 || splitRows.includes(at)) open(row.role === "heading" ? row.label : null);
      stacks.at(-1)?.rows.push(row);
    }
    return stacks;
  }
  const groups = new Set(rows.map(({group}) => group).filter((group) => group !== "" && !isTotal(group)));
  const kinds = [...groups].every((group) => /^(?:valid|missing|gyldig|system)/i.test(group));
  if (groups.size > 0 && !kinds) {
    for (const row of rows) {
      const {group} = row;
      const lastName = stacks.at(-1);
      const key = inner && corner.length > 1 ? lastName?.columnVariable : lastName?.variable;
      if (!lastName || (group !== key && !(isTotal(group) && groups.size === 1) && row.role !== "p")) {
        // A named column of labels (years, sexes) is the variable; then what stands before it is what was asked.
        if (inner && corner.length > 1) open(inner, group || null);
        else open(group || name(corner[0]));
      }
      stacks.at(-1)?.rows.push(row);
    }
    return stacks;
  }
  const tests = columns.filter(({role}) => role === "p" || role === "statistic" || role === "test");
  const hasTest = (row: Row) => tests.some(({at}) => (row.fields[at]?.text ?? "") !== "");
  const ratios = columns.some(({measures}) => measures.includes("odds_ratio"));
  if (rows.some(({role}) => role === "heading")) {
    for (const [i, row] of rows.entries()) {
      const last = stacks.at(-1);
      if (row.role === "heading" && rows[i + 1]?.role !== "heading") open(readHead(row.label).label || row.label);
      else if (!last) open(name(corner[0]));
      // A second P in a stack is of a variable of its own.
      else if (!ratios && last.variable !== null && hasTest(row) && !row.again && last.rows.some(hasTest)) open(null);
      stacks.at(-1)?.rows.push(row);
    }
    return stacks.filter((each) => each.rows.some(({role}) => role !== "heading"));
  }
  const starts = (ratios ? null : startsByP(rows, hasTest)) ?? startsBySums(rows, columns, decimal);
  for (const [i, row] of rows.entries()) {
    if (i === 0 || starts?.has(i)) {
      const split = starts ? splitVariable(row.label) : null;
      open(split?.variable ?? (starts ? null : name(corner[0])));
      stacks.at(-1)?.rows.push(split ? {...row, label: split.label} : row);
    } else stacks.at(-1)?.rows.push(row);
  }
  return stacks;
}

/** Each variable's P stands at its first category, where some rows have one and some have none. */
function startsByP(rows: readonly Row[], hasTest: (row: Row) => boolean): Set<number> | null {
  const marked = rows.flatMap((row, i) => (hasTest(row) && !row.again ? [i] : []));
  const data = rows.filter(({again, total}) => !again && !total).length;
  return marked.length > 1 && marked.length < data ? new Set(marked) : null;
}

/** A stack without names or tests: the counts of each variable add up to the same numbers. */
function startsBySums(rows: readonly Row[], columns: readonly Column[], decimal: DecimalSign): Set<number> | null {
  const own = columns.filter(({role}) => role === "data");
  const firsts = rows.map((row) => own.map(({at}) => readField(row.fields[at]?.text ?? "", decimal)?.[0]));
  const sizes = own.map(({base}) => (base === null ? null : (readField(base, decimal)?.[0]?.whole ?? null)));
  if (own.length < 2 || sizes.some((size) => size === null) || rows.some(({again, total}) => again || total))
    return null;
  const starts = new Set<number>();
  let sums = own.map(() => 0);
  for (const [i, tokens] of firsts.entries()) {
    if (sums.every((sum) => sum === 0)) starts.add(i);
    sums = sums.map((sum, c) => sum + (tokens[c]?.whole ?? Number.NaN));
    if (sums.every((sum, c) => sum === sizes[c])) sums = sums.map(() => 0);
    else if (sums.some((sum, c) => !(sum <= (sizes[c] ?? 0)))) return null;
  }
  return starts.size > 1 && sums.every((sum) => sum === 0) ? starts : null;
}

// What the numbers are.

type Single = (row: Row, column: Column) => PastedMeasure;

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** What numbers are that stand alone in their fields and that no word names: counts, or percents, by their sums. */
function inferSingle(rows: readonly Row[], columns: readonly Column[], decimal: DecimalSign): Single {
  const open = columns.filter(({role, measures}) => role === "data" && measures.length === 0);
  const grid = rows
    .filter(({role, measures}) => (role === "data" || role === "base") && measures.length === 0)
    .map((row) => ({
      row,
      numbers: open.map(({at}) => {
        const tokens = readField(row.fields[at]?.text ?? "", decimal) ?? [];
        return tokens.length === 1 && tokens[0]?.kind === "number" ? tokens[0] : null;
      })
    }))
    .filter(({numbers}) => numbers.some((token) => token !== null));
  const flat = (lines: typeof grid) => lines.flatMap(({numbers}) => numbers.filter((token) => token !== null));
  const firsts = grid.filter(({row}) => !row.again && row.role === "data");
  const tokens = flat(firsts);
  const whole = (list: readonly Token[]) =>
    list.every(({digits, percent, whole}) => !percent && (digits === 0 || (whole !== null && whole >= 1000)));
  // Two lines a label, the first whole and the second not, or the second at most 100: counts above percents.
  const twice = grid.some(({row}) => row.again);
  const counts = () => {
    if (tokens.some(({percent}) => percent)) return false;
    if (!whole(tokens)) return tokens.every(({value}) => (value ?? 0) > 100);
    if (twice || tokens.some(({whole: n}) => (n ?? 0) > 100)) return true;
    const totals = columns
      .filter(({total}) => total)
      .map((column) => open.indexOf(column))
      .filter((c) => c >= 0);
    const parts = firsts.filter(({row}) => !row.total);
    const down = open.map((_, c) => sum(parts.map(({numbers}) => numbers[c]?.value ?? 0)));
    const hundred = down.filter((each) => Math.abs(each - 100) <= Math.max(1, parts.length / 2)).length;
    if (parts.length > 1 && hundred >= Math.max(2, open.length / 2)) return false;
    const across = parts.map(({numbers}) =>
      sum(numbers.map((token, c) => (totals.includes(c) ? 0 : (token?.value ?? 0))))
    );
    if (open.length - totals.length > 1 && parts.length > 1 && across.every((each) => Math.abs(each - 100) <= 2))
      return false;
    // A total that lies among its parts is no sum of them: these are shares or means.
    return (
      totals.length === 0 ||
      parts.filter(({numbers}, r) => across[r] === numbers[totals[0] ?? 0]?.value).length * 2 >= parts.length
    );
  };
  // Alone beside fields of counts and percents, a whole number is a count.
  const beside = columns.some(({role, measures}) => role === "data" && measures.includes("count"));
  const first: PastedMeasure = (beside && whole(tokens)) || counts() ? "count" : "percent";
  return (row, column) => {
    if (/\b(?:average|mean|gjennomsnitt\w*|moyenne|mittelwert)\b/i.test(row.label)) return "mean";
    if (row.role === "base") return row.again ? "percent" : "base";
    if (row.again && first === "count") return "percent";
    return column.measures[0] ?? first;
  };
}

/** What an estimate with an interval is, by the words around the table. */
function estimateOf({titles, header, notes}: Section): PastedMeasure {
  const words = [...titles, ...header.flat().map(({text}) => text), ...notes].join(" ");
  if (/\b(?:odds|hazards?|ratios?)\b|\b[AC]?OR\b|\b[HR]R\b/.test(words)) return "odds_ratio";
  return /\bmedian|\bIQR\b|interquartile/i.test(words) ? "median" : "mean";
}

/** What two numbers in one field are where no word says: by decimals and signs, or else by their arithmetic. */
function inferPair(
  rows: readonly Row[],
  columns: readonly Column[],
  decimal: DecimalSign,
  estimate: PastedMeasure,
  say: (note: string) => void
): (tokens: readonly Token[], said: readonly PastedMeasure[]) => readonly PastedMeasure[] {
  const pairs = rows.flatMap((row) =>
    columns.flatMap(({at, role}) => {
      const tokens = role === "data" ? (readField(row.fields[at]?.text ?? "", decimal) ?? []) : [];
      const [a, b] = tokens;
      return tokens.length === 2 && a?.kind === "number" && b?.kind === "number" && b.joint === ""
        ? [[a, b] as const]
        : [];
    })
  );
  const share = (test: (pair: readonly [Token, Token]) => boolean) => pairs.filter(test).length / (pairs.length || 1);
  const fraction = (token: Token) => token.percent || token.digits > 0;
  const firstWhole = share(([a, b]) => !fraction(a) && (fraction(b) || (b.value ?? 0) <= 100));
  const secondWhole = share(([a, b]) => !fraction(b) && (fraction(a) || (a.value ?? 0) <= 100));
  const [someFirst, someSecond] = [0, 1].map((at) => pairs.some((pair) => fraction(pair[at as 0 | 1])));
  // A share rises and falls with its count: of two readings, that whose second number fits the first over one base.
  const guess: readonly PastedMeasure[] =
    share(([a, b]) => a.digits > 0 && b.digits > 0) > 0.5
      ? ["mean", "sd"]
      : someFirst !== someSecond
        ? someSecond
          ? ["count", "percent"]
          : ["percent", "count"]
        : firstWhole >= secondWhole
          ? ["count", "percent"]
          : ["percent", "count"];
  const swapped = (said: readonly PastedMeasure[]) =>
    said.join() === [...guess].reverse().join() && Math.abs(firstWhole - secondWhole) > 0.5 && someFirst !== someSecond;
  let told = false;
  return (tokens, said) => {
    if (tokens.length === 3 && said.length < 3) {
      if (tokens[1]?.joint === "/" || /of|av/i.test(tokens[1]?.joint ?? "")) return ["count", "base", "percent"];
      return [said[0] ?? estimate, "lower", "upper"];
    }
    if (tokens.length === 1 || (said.length >= tokens.length && !swapped(said))) return said;
    if (tokens[1]?.joint === "±") return ["mean", "sd"];
    if (tokens[1]?.joint === "/" || /of|av/i.test(tokens[1]?.joint ?? "")) return ["count", "base"];
    if (tokens[1]?.joint !== "") return ["lower", "upper"];
    if (said.length === 1 && said[0] === "mean") return ["mean", "sd"];
    if (!told) {
      say(
        `Two numbers in one field are read as ${guess.join(" and ")}, by which of them are whole and which are shares.`
      );
      told = true;
    }
    return guess;
  };
}

interface CellContext {
  readonly columns: readonly Column[];
  readonly decimal: DecimalSign;
  readonly usual: readonly PastedMeasure[];
  readonly given: boolean;
  readonly plain: Single;
  readonly pairs: ReturnType<typeof inferPair>;
}

const testMeasures: Record<string, PastedMeasure> = {p: "p", statistic: "statistic", df: "df"};

function namedCell({token, field}: Placed, row: string | null, r = -1): BlockCell | null {
  const {name} = token;
  const measure = isP(name)
    ? "p"
    : isDf(name)
      ? "df"
      : name === "n"
        ? "base"
        : isStatistic(name) || name !== ""
          ? "statistic"
          : null;
  return measure ? cellOf(token, field, measure, {row, column: null, r, c: -1}) : null;
}

function cellOf(
  token: Token,
  {line, field}: Field,
  measure: PastedMeasure,
  place: Pick<BlockCell, "row" | "column" | "r" | "c">
): BlockCell {
  const isCount = measure === "count" || measure === "base" || measure === "df";
  // A bound of a count is no count; a bound of P is what is printed.
  const value = token.bound && measure !== "p" ? null : isCount ? token.whole : token.value;
  const bound = token.bound ? {bound: token.bound} : {};
  return {...place, measure, printed: token.printed, value, line, field, ...bound, token};
}

function cellsOf(rows: readonly Row[], context: CellContext): Block {
  const {columns, decimal} = context;
  const labels = [...new Set(columns.filter(({role, label}) => role === "data" && label !== "").map((c) => keyOf(c)))];
  const sides = labels.map((key) => {
    const column = columns.find((c) => c.role === "data" && keyOf(c) === key);
    return {label: column?.label ?? "", total: column?.total ?? false};
  });
  const rowSides: BlockSide[] = [];
  const cells: BlockCell[] = [];
  for (const column of columns) {
    if (column.role !== "data" || !column.size || column.base === null) continue;
    const token = readField(column.base, decimal)?.[0];
    const c = labels.indexOf(keyOf(column));
    if (token && !cells.some((cell) => cell.c === c)) {
      cells.push(cellOf(token, column.size, "base", {row: null, column: column.label || null, r: -1, c}));
    }
  }
  const testRows = new Set(
    rows.filter((row) => columns.some((c) => c.role === "p" && row.fields[c.at]?.text) && row.role !== "heading")
  );
  const several = columns.filter(({role}) => role === "p").length > 1;
  const onlyTests = !columns.some(({role}) => role === "data");
  const ratios = columns.some(({measures}) => measures.includes("odds_ratio"));
  const [firstRow] = rows.filter(({role}) => role === "data");
  const byRow =
    onlyTests ||
    ratios ||
    testRows.size > 1 ||
    (testRows.size === 1 && firstRow !== undefined && !testRows.has(firstRow));
  for (const row of rows) {
    if (row.role === "other") continue;
    if (row.role === "p" || row.role === "statistic") {
      for (const field of row.fields) {
        for (const token of readField(field.text, decimal) ?? []) {
          const placed = {token, field};
          const measure = row.role === "p" ? "p" : "statistic";
          const c =
            row.fields.length > 1 ? labels.indexOf(keyOf(columns.find((column) => column.field === field.field))) : -1;
          cells.push(
            namedCell(placed, null) ??
              cellOf(token, field, measure, {row: null, column: sides[c]?.label ?? null, r: -1, c})
          );
        }
      }
      continue;
    }
    const heading = row.role === "heading";
    if (!heading && !row.again) rowSides.push({label: row.label, total: row.total});
    const r = rowSides.length - 1;
    const rowLabel = heading ? null : row.label;
    for (const column of columns) {
      const field = row.fields[column.at];
      const tokens = field && readField(field.text, decimal);
      if (!field || !tokens?.length || column.role === "other") continue;
      if (column.role !== "data") {
        // A test that stands once in a block is the block's.
        const own = byRow && !heading ? {row: rowLabel, r} : {row: null, r: -1};
        // Where there are several, each is of the column on its left.
        const left = several ? columns.findLast((each) => each.role === "data" && each.at < column.at) : undefined;
        const side = {column: left?.label || null, c: left ? labels.indexOf(keyOf(left)) : -1};
        for (const [i, token] of tokens.entries()) {
          const first =
            onlyTests && column.role === "statistic" && isBase(row.label) ? "base" : testMeasures[column.role];
          const measure = i === 0 ? (first ?? "statistic") : token.bracket && column.role !== "test" ? "df" : "p";
          const named = namedCell({token, field}, own.row, own.r);
          cells.push(named ?? cellOf(token, field, measure, {...own, ...side}));
        }
        continue;
      }
      const said = context.given ? context.usual : saidOf(row, column, tokens.length, context);
      const measures = context.pairs(tokens, said);
      const c = labels.indexOf(keyOf(column));
      const place = {row: rowLabel, column: column.label || null, r: heading ? -1 : r, c};
      const two = measures.length === 2 && tokens.length === 1 && tokens[0]?.kind === "missing";
      for (const [i, token] of (two ? [tokens[0], tokens[0]] : tokens).entries()) {
        if (!token) continue;
        const named = token.name && token.name !== "n" ? namedCell({token, field}, rowLabel, r) : null;
        cells.push(named ?? cellOf(token, field, measures[i] ?? context.plain(row, column), place));
      }
    }
  }
  return {rowVariable: null, columnVariable: null, rows: rowSides, columns: sides, cells};
}

const keyOf = (column: Column | undefined) => `${column?.group ?? ""} ${column?.label ?? ""}`;

/** What words say of a field's numbers: those of its row, of its column, or of the whole table. */
function saidOf(row: Row, column: Column, n: number, {usual, plain}: CellContext): readonly PastedMeasure[] {
  if (row.measures.length >= n || (row.measures.length > 0 && n > column.measures.length)) return row.measures;
  if (row.role === "base" && n === 1) return [plain(row, column)];
  if (column.measures.length > 0)
    return row.again && column.measures.length === 2 && n === 1 ? column.measures.slice(1) : column.measures;
  if (usual.length >= n && (n > 1 || usual.length === 1)) return usual;
  return n === 1 ? [plain(row, column)] : [];
}

/**
 * Tells group sizes from counts: a number beside a percent is a count if the percent is its share of some sum, and if
 * not, the number of those who were asked.
 */
function withBases(block: Block): Block {
  const at = (measure: PastedMeasure, r: number, c: number) =>
    block.cells.find((cell) => cell.measure === measure && cell.r === r && cell.c === c);
  const isSize = (c: number) => {
    const counts = block.cells.filter((cell) => cell.measure === "count" && cell.c === c && cell.value !== null);
    if (counts.length === 0 || !block.cells.some(({measure}) => measure === "percent" || measure === "mean"))
      return false;
    if (c < 0 && block.columns.length > 0) return true;
    if (counts.some(({r}) => at("mean", r, c))) return true;
    const pairs = counts.flatMap((count) => {
      const percent = at("percent", count.r, c);
      return percent?.value === null || percent === undefined || count.value === null
        ? []
        : [{n: count.value, share: percent.value, r: count.r, total: block.rows[count.r]?.total === true}];
    });
    const parts = pairs.filter(({total}) => !total);
    if (parts.length < 2) return false;
    const whole = sum(parts.map(({n}) => n));
    // Shares of one sum rise with their counts, whichever sum it is; of rows, each has its own.
    const rowSum = (r: number) =>
      sum(block.columns.map((side, k) => (side.total ? 0 : (at("count", r, k)?.value ?? 0))));
    const scale = parts.map(({n, share}) => (share > 0 ? n / share : null)).filter((x) => x !== null);
    const even = scale.length > 0 && Math.max(...scale) < 1.2 * Math.min(...scale);
    const down = parts.filter(({n, share}) => Math.abs((100 * n) / whole - share) < 1.5).length;
    const across = parts.filter(({n, share, r}) => Math.abs((100 * n) / rowSum(r) - share) < 1.5).length;
    return !even && Math.max(down, across) * 2 < parts.length;
  };
  const sizes = new Set([-1, ...block.columns.keys()].filter(isSize));
  const cells = block.cells.map((cell) =>
    cell.measure === "count" && sizes.has(cell.c) ? {...cell, measure: "base" as const} : cell
  );
  return {...block, cells};
}

// Column variables side by side.

function only(block: Block, keep: readonly number[]): Block {
  return {
    ...block,
    columns: keep.flatMap((c) => block.columns[c] ?? []),
    cells: block.cells.flatMap((cell) =>
      cell.c < 0 ? [cell] : keep.includes(cell.c) ? [{...cell, c: keep.indexOf(cell.c)}] : []
    )
  };
}

/** Parts the columns where the heads above them do, or where runs of columns each add up to the total. */
function banners(
  block: Block,
  columns: readonly Column[],
  {splitColumns}: BlockOptions
): {name: string | null; keep?: number[]}[] {
  const data = columns.filter(({role, label}) => role === "data" && label !== "");
  const byKey = [...new Map(data.map((column) => [keyOf(column), column])).values()];
  const totals = byKey.flatMap(({total, group}, c) => (total && group === null ? [c] : []));
  const parts = byKey.map((_, c) => c).filter((c) => !totals.includes(c));
  const withTotals = (run: readonly number[]) => [...totals, ...run].sort((a, b) => a - b);
  if (splitColumns) {
    const runs = parts.reduce<number[][]>((all, c) => {
      const at = (byKey[c]?.at ?? 0) + 1;
      if (all.length === 0 || splitColumns.includes(at)) all.push([]);
      all.at(-1)?.push(c);
      return all;
    }, []);
    return runs.map((run) => ({name: byKey[run[0] ?? 0]?.group ?? null, keep: withTotals(run)}));
  }
  const names = [...new Set(parts.map((c) => byKey[c]?.group ?? null))];
  const runs = names.length === 1 && names[0] === null ? runsOf(block) : null;
  if (runs) return runs.map((keep) => ({name: null, keep}));
  if (names.length === 1) return [{name: names[0] ?? null}];
  if (names.length > 1 && names.every((name) => name !== null)) {
    return names.map((name) => ({name, keep: withTotals(parts.filter((c) => byKey[c]?.group === name))}));
  }
  return [{name: null}];
}

/** The runs of columns whose counts add up, line by line, to those of the total column: one run a column variable. */
function runsOf(block: Block): number[][] | null {
  const total = block.columns.findIndex((side) => side.total);
  const parts = block.columns.flatMap((side, c) => (side.total ? [] : [c]));
  if (total < 0 || parts.length < 4) return null;
  const counts = block.rows.map((_, r) =>
    block.columns.map((_, c) => {
      const cell = block.cells.find((each) => each.r === r && each.c === c && ["count", "base"].includes(each.measure));
      return cell ? (cell.value ?? (cell.token.kind === "missing" ? 0 : null)) : null;
    })
  );
  const lines = counts.filter((line) => line.every((n) => n !== null)) as number[][];
  if (lines.length < 2) return null;
  const runs: number[][] = [];
  let run: number[] = [];
  for (const c of parts) {
    run.push(c);
    const sums = lines.map((line) => sum(run.map((each) => line[each] ?? 0)));
    if (sums.every((each, r) => Math.abs(each - (lines[r]?.[total] ?? 0)) <= run.length / 2)) {
      runs.push(run);
      run = [];
    }
  }
  if (run.length > 0) runs.push(run);
  const complete = runs.length - (run.length > 0 ? 1 : 0);
  return runs.length > 1 && complete >= 1 ? runs.map((each) => [total, ...each]) : null;
}
