import {compareTables} from "../../src/tables/table-id.js";
import type {CountCell, CountSide, CountTable, CountVariable} from "../read/counts.js";
import {pairsOf} from "./cliques.js";

/** What a survey's tables say of its respondents. */
export interface SurveyCounts {
  readonly variables: readonly CountVariable[];
  readonly tables: readonly CountTable[];
  /** Number of respondents. */
  readonly n: number;
}

/** A variable with its levels: 0 … codes − 1 are the codes in the codebook's order, the last one is no answer. */
export interface Variable extends CountVariable {
  /** The number of levels, no answer included. */
  readonly levels: number;
}

/** Which levels of one variable are meant. */
export interface Term {
  /** The variable's index. */
  readonly variable: number;
  /** One flag a level. */
  readonly levels: readonly boolean[];
}

/** One printed count as a condition on respondents: so many of them satisfy all terms. */
export interface Constraint {
  readonly table: CountTable;
  readonly cell: CountCell;
  /** At most one term a variable, by variable index; a term that any respondent satisfies is left out. */
  readonly terms: readonly Term[];
  /** The variables that its table ties together: its sides and its population, by index, ascending. */
  readonly scope: readonly number[];
  readonly count: number;
}

/** The printed tables as conditions on respondents, in an order that does not depend on how they were given. */
export interface Constraints {
  /** Number of respondents. */
  readonly n: number;
  /** The variables that some table shows, by name. */
  readonly variables: readonly Variable[];
  readonly constraints: readonly Constraint[];
  /** Variables that were asked of some only: nobody but those who satisfy the term can have an answer. */
  readonly askedOnly: readonly {readonly variable: number; readonly term: Term}[];
  /** For every table, the variables that it ties together: its sides and its population, by index. */
  readonly scopes: readonly (readonly number[])[];
  /** The pairs of variables (lower index first) that a table crosses for everybody who was asked both. */
  readonly crossed: ReadonlySet<string>;
}

/** The key of an unordered pair of variables in `Constraints.crossed`. */
export function pairKey(a: number, b: number): string {
  return a < b ? `${a},${b}` : `${b},${a}`;
}

/** The level of a variable that a code stands for; no answer (null) is the last level. */
export function levelOf(variable: Variable, code: string | null): number {
  if (code === null) return variable.codes.length;
  const level = variable.codes.indexOf(code);
  if (level < 0) throw new Error(`Variable ${variable.name} has no code ${code}.`);
  return level;
}

/** The level that a term means, where it means no other; else −1. */
export function soleLevel({levels}: Term): number {
  const first = levels.indexOf(true);
  return first === levels.lastIndexOf(true) ? first : -1;
}

/** All of some terms at once: terms on the same variable are intersected, terms that hold for anybody dropped. */
function allOf(terms: readonly Term[]): Term[] {
  const merged = new Map<number, readonly boolean[]>();
  for (const {variable, levels} of terms) {
    const held = merged.get(variable);
    merged.set(variable, held === undefined ? levels : held.map((flag, level) => flag && levels[level] === true));
  }
  return [...merged]
    .map(([variable, levels]) => ({variable, levels}))
    .filter(({levels}) => levels.includes(false))
    .sort((a, b) => a.variable - b.variable);
}

/**
 * Reads printed tables as conditions on respondents.
 *
 * What is asked of whom follows from the tables: when every table that shows a variable shows it for the same
 * population only, nobody outside that population has an answer. The result does not depend on the order of the
 * variables, the tables or their cells: variables are sorted by name and constraints by table and place.
 */
export function readConstraints(counts: SurveyCounts): Constraints {
  const sidesOf = ({row, column}: CountTable) => (column === null ? [row] : [row, column]);
  const shown = new Set(
    counts.tables.flatMap((table) => [...sidesOf(table), ...table.population]).map(({variable}) => variable)
  );
  // Sorted by code unit, so that the order does not depend on a locale.
  const variables = [...shown].sort().map((name): Variable => {
    const found = counts.variables.find((variable) => variable.name === name);
    if (!found) throw new Error(`A table shows the variable ${name}, which is not in the codebook.`);
    return {...found, levels: found.codes.length + 1};
  });
  const indexOf = new Map(variables.map(({name}, index) => [name, index]));

  /** The levels that a printed row or column key stands for. */
  const termOf = ({variable: name, groups}: CountSide, key: string): Term => {
    const index = indexOf.get(name) ?? -1;
    const variable = variables[index] as Variable;
    const meant = groups.get(key)?.map((code) => levelOf(variable, code));
    if (!meant && !["total", "missing", "everybody"].includes(key)) throw new Error(`${name} has no category ${key}.`);
    const isMissing = (level: number) => level === variable.codes.length;
    const holds = (level: number) =>
      meant?.includes(level) ?? (key === "everybody" || isMissing(level) === (key === "missing"));
    return {variable: index, levels: Array.from({length: variable.levels}, (_, level) => holds(level))};
  };

  const read = [...counts.tables]
    .sort((a, b) => compareTables(a.table, b.table))
    .map((table) => {
      const population = table.population.map(({variable, code}) =>
        termOf({variable, groups: new Map([[code, [code]]])}, code)
      );
      const sides = sidesOf(table).map(({variable}) => indexOf.get(variable) ?? -1);
      const tied = new Set([...sides, ...population.map(({variable}) => variable)]);
      return {table, population, sides, scope: [...tied].sort((a, b) => a - b)};
    });
  const constraints = read.flatMap(({table, population, scope}) =>
    [...table.cells]
      .sort(({place: a}, {place: b}) =>
        a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column
      )
      .map((cell): Constraint => {
        const keys = [cell.row, cell.column ?? "total"];
        const sides = sidesOf(table).map((side, i) => termOf(side, keys[i] ?? ""));
        return {table, cell, terms: allOf([...sides, ...population]), scope, count: cell.count};
      })
  );
  const askedOnly = variables.flatMap((_, variable) => {
    const [first, ...others] = read.filter(({sides}) => sides.includes(variable)).map(({population}) => population);
    const same = (one: Term) => (other: Term) =>
      one.variable === other.variable && one.levels.join() === other.levels.join();
    return (first ?? [])
      .filter((term) => term.variable !== variable && others.every((population) => population.some(same(term))))
      .map((term) => ({variable, term}));
  });
  const isAskedOnly = (variable: number, of: number) =>
    askedOnly.some((rule) => rule.variable === variable && rule.term.variable === of);
  // Who was asked at all is known, so a question put to some only is crossed with what they have in common by itself.
  const crossed = new Set(askedOnly.map(({variable, term}) => pairKey(variable, term.variable)));
  for (const {
    sides: [row = -1, column],
    population
  } of read) {
    if (column === undefined) continue;
    const everybody = population.every(({variable}) => isAskedOnly(row, variable) || isAskedOnly(column, variable));
    if (everybody) crossed.add(pairKey(row, column));
  }
  return {n: counts.n, variables, constraints, askedOnly, scopes: read.map(({scope}) => scope), crossed};
}

/** Every pair of variables (by index, lower first) that no table crosses. */
export function uncrossedPairs({variables, crossed}: Constraints): [number, number][] {
  return pairsOf([...variables.keys()]).filter(([a, b]) => !crossed.has(pairKey(a, b)));
}
