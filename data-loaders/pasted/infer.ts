import type {Block} from "./blocks.js";
import {cellAt} from "./cells.js";
import type {Column} from "./heads.js";
import type {Token} from "./number.js";
import type {Row} from "./rows.js";
import type {PastedMeasure} from "./words.js";

export const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Whether so many parts add up to a hundred, or to one, each of them rounded. */
const isWhole = (made: number, parts: number) =>
  Math.abs(made - 100) <= Math.max(1, parts / 2) || Math.abs(made - 1) < 0.001 * parts;

/** What numbers are that stand alone in their fields and that no word names: counts, or percents, by their sums. */
export function inferSingle(rows: readonly Row[], columns: readonly Column[]): (row: Row) => PastedMeasure {
  const open = columns.filter(({role, measures}) => role === "data" && measures.length === 0);
  const lines = rows
    .filter(({role, measures, again}) => role === "data" && measures.length === 0 && !again)
    .map((row) => ({
      row,
      numbers: open.map(({at}) => {
        const [token, ...more] = row.fields[at]?.tokens ?? [];
        return token?.kind === "number" && more.length === 0 ? token : null;
      })
    }))
    .filter(({numbers}) => numbers.some((token) => token !== null));
  const tokens = lines.flatMap(({numbers}) => numbers.filter((token) => token !== null));
  const whole = tokens.every(({digits, percent, whole: n}) => !percent && (digits === 0 || (n ?? 0) >= 1000));
  const parts = lines.filter(({row}) => !row.total);
  const inner = open.flatMap(({total}, c) => (total ? [] : [c]));
  const valueIn = (token: Token | null | undefined) => token?.value ?? 0;
  const areCounts = () => {
    if (tokens.some(({percent}) => percent)) return false;
    // Two lines a label, whole numbers first: counts above percents.
    if (whole && rows.some(({again}) => again)) return true;
    const across = parts.map(({numbers}) => sum(inner.map((c) => valueIn(numbers[c]))));
    const total = open.findIndex((column) => column.total);
    const added = parts.filter(({numbers}, r) => inner.length > 1 && across[r] === numbers[total]?.value).length;
    const sums = lines.map(({numbers}) => valueIn(numbers[total]));
    if (whole && added * 2 >= parts.length && added > 0 && !sums.every((made) => isWhole(made, 4))) return true;
    if (parts.every(({numbers}) => inner.every((c) => valueIn(numbers[c]) <= 100))) {
      const down = open.filter((_, c) => isWhole(sum(parts.map(({numbers}) => valueIn(numbers[c]))), parts.length));
      if (parts.length > 1 && down.length >= Math.max(2, open.length / 2)) return false;
      if (inner.length > 1 && parts.length > 1 && across.every((made) => isWhole(made, 4))) return false;
    }
    if (!whole) return tokens.every(({value}) => (value ?? 0) > 100);
    if (tokens.some(({whole: n}) => (n ?? 0) > 100)) return true;
    // A total that lies among its parts is no sum of them: these are shares or means.
    return total < 0 || added * 2 >= parts.length;
  };
  // Alone beside fields of counts and percents, a whole number is a count.
  const says = (measure: PastedMeasure) =>
    columns.some(({role, measures}) => role === "data" && measures.includes(measure));
  const beside = says("count") && says("percent");
  // Below the diagonal of its variables, numbers from −1 to 1 are correlations.
  const isTriangle =
    lines.length > 1 &&
    lines.every(({numbers}, r) => numbers.every((token, c) => (c <= r ? Math.abs(token?.value ?? 0) <= 1 : !token)));
  if (isTriangle && tokens.every(({digits, value}) => digits > 0 || value === 1)) return () => "correlation";
  const first: PastedMeasure = (beside && whole) || areCounts() ? "count" : "percent";
  return (row) => {
    if (/\b(?:average|mean|gjennomsnitt\w*|moyenne|mittelwert)\b/i.test(row.label)) return "mean";
    if (row.role === "base") return row.again ? "percent" : "base";
    return row.again ? "percent" : first;
  };
}

/** What several numbers in one field are: as words say, or where none do by signs and decimals, or by arithmetic. */
export function inferPair(
  rows: readonly Row[],
  columns: readonly Column[],
  estimate: PastedMeasure,
  say: (note: string) => void
): (tokens: readonly Token[], said: readonly PastedMeasure[]) => readonly PastedMeasure[] {
  const data = columns.filter(({role}) => role === "data");
  const pairs = rows.flatMap(({fields, total}) =>
    data.flatMap(({at}) => {
      const [a, b, ...more] = fields[at]?.tokens ?? [];
      const isPair = a?.kind === "number" && b?.kind === "number" && b.joint === "" && more.length === 0;
      return isPair ? [{a, b, at, total}] : [];
    })
  );
  type Pair = (typeof pairs)[number];
  const share = (test: (pair: Pair) => boolean) => pairs.filter(test).length / (pairs.length || 1);
  const fraction = (token: Token) => token.percent || token.digits > 0;
  const firstWhole = share(({a, b}) => !fraction(a) && (fraction(b) || (b.value ?? 0) <= 100));
  const secondWhole = share(({a, b}) => !fraction(b) && (fraction(a) || (a.value ?? 0) <= 100));
  const [someFirst, someSecond] = [pairs.some(({a}) => fraction(a)), pairs.some(({b}) => fraction(b))];
  const hundreds = data.filter(({at}) => {
    const own = pairs.filter((pair) => pair.at === at && !pair.total);
    return own.length > 1 && isWhole(sum(own.map(({b}) => b.value ?? 0)), 1);
  });
  const counted = ["count", "percent"] as const;
  const shared = ["percent", "count"] as const;
  const guess = (): readonly PastedMeasure[] => {
    if (share(({a, b}) => b.percent && !a.percent) > 0.5) return counted;
    if (share(({a, b}) => a.percent && !b.percent) > 0.5) return shared;
    if (share(({a, b}) => a.digits > 0 && b.digits > 0) > 0.5) return hundreds.length > 1 ? counted : ["mean", "sd"];
    if (someFirst !== someSecond) return someSecond ? counted : shared;
    return firstWhole >= secondWhole ? counted : shared;
  };
  const guessed = guess();
  const swapped = (said: readonly PastedMeasure[]) =>
    said.join() === [...guessed].reverse().join() &&
    Math.abs(firstWhole - secondWhole) > 0.5 &&
    someFirst !== someSecond;
  let told = false;
  return (tokens, said) => {
    const joint = tokens[1]?.joint ?? "";
    const ofAll = joint === "/" || /of|av/i.test(joint);
    if (tokens.length === 3 && said.length < 3)
      return ofAll ? ["count", "base", "percent"] : [said[0] ?? estimate, "lower", "upper"];
    if (tokens.length === 1 || (said.length >= tokens.length && !swapped(said))) return said;
    if (joint === "±") return ["mean", "sd"];
    if (ofAll) return ["count", "base"];
    if (joint !== "") return ["lower", "upper"];
    if (said.length === 1 && said[0] === "mean") return ["mean", "sd"];
    if (said.length === 1 && said[0] === "b") return ["b", "se"];
    if (!told) {
      const words = guessed.join(" and ");
      say(`Two numbers in one field are read as ${words}, by which of them are whole and which are shares.`);
      told = true;
    }
    return guessed;
  };
}

/**
 * Tells group sizes from counts: a number beside a percent is a count if the percent is its share of some sum, and if
 * not, the number of those who were asked.
 */
export function withBases(block: Block): Block {
  const {rows, columns, cells} = block;
  const at = (measure: PastedMeasure, r: number, c: number) => cellAt(block, measure, r, c);
  const isSize = (c: number) => {
    const counts = cells.filter((cell) => cell.measure === "count" && cell.c === c && cell.value !== null);
    if (counts.length === 0 || !cells.some(({measure}) => measure === "percent" || measure === "mean")) return false;
    if (counts.some(({r}) => at("base", r, c))) return false;
    if ((c < 0 && columns.length > 0) || counts.some(({r}) => at("mean", r, c))) return true;
    const parts = counts.flatMap(({value, r}) => {
      const percent = at("percent", r, c)?.value;
      return percent == null || value === null || rows[r]?.total ? [] : [{n: value, share: percent, r}];
    });
    if (parts.length < 2) return false;
    const whole = sum(parts.map(({n}) => n));
    // Shares of one sum rise with their counts, whichever sum it is; of rows, each has its own.
    const rowSum = (r: number) => sum(columns.map((side, k) => (side.total ? 0 : (at("count", r, k)?.value ?? 0))));
    const scale = parts.flatMap(({n, share}) => (share > 0 ? [n / share] : []));
    const even = scale.length > 0 && Math.max(...scale) < 1.2 * Math.min(...scale);
    const fits = (of: (r: number) => number) =>
      parts.filter(({n, share, r}) => Math.abs((100 * n) / of(r) - share) < 1.5).length;
    return (
      !even &&
      Math.max(
        fits(() => whole),
        fits(rowSum)
      ) *
        2 <
        parts.length
    );
  };
  const sizes = new Set([-1, ...columns.keys()].filter(isSize));
  return {
    ...block,
    cells: cells.map((cell) =>
      cell.measure === "count" && sizes.has(cell.c) ? {...cell, measure: "base" as const} : cell
    )
  };
}
