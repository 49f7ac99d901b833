import {compareTables} from "../../src/tables/table-id.js";
import type {CountCell, CountTable, CountVariable} from "../read/counts.js";

/** A variable with its levels: 0 … codes − 1 are the codes in the codebook's order, the last one is no answer. */
export interface Variable {
  readonly name: string;
  readonly codes: readonly string[];
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

/** A variable that was only asked of respondents who hold one of some codes of another variable. */
export interface AskedOnly {
  readonly variable: number;
  /** Only respondents who satisfy this can have an answer. */
  readonly term: Term;
}

/** The printed tables as conditions on respondents, in an order that does not depend on how they were given. */
export interface Constraints {
  /** Number of respondents. */
  readonly n: number;
  /** The variables that some table shows, by name. */
  readonly variables: readonly Variable[];
  readonly constraints: readonly Constraint[];
  readonly askedOnly: readonly AskedOnly[];
  /** For every table, the variables that it ties together: its sides and its population, by index. */
  readonly scopes: readonly (readonly number[])[];
  /** The pairs of variables (lower index first) that a table crosses for everybody who was asked both. */
  readonly crossed: ReadonlySet<string>;
}

/** The key of an unordered pair of variables in `Constraints.crossed`. */
export function pairKey(a: number, b: number): string {
  return a < b ? `${a},${b}` : `${b},${a}`;
}

/** Compares two strings by code unit, so that an order does not depend on a locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The level of a variable that a code stands for; no answer (null) is the last level. */
export function levelOf(variable: Variable, code: string | null): number {
  if (code === null) return variable.codes.length;
  const level = variable.codes.indexOf(code);
  if (level < 0) throw new Error(`Variable ${variable.name} has no code ${code}.`);
  return level;
}

/** A side of a cell: the levels that a printed row or column key stands for. */
function sideTerm(
  variables: readonly Variable[],
  name: string,
  groups: ReadonlyMap<string, readonly string[]>,
  key: string
): Term {
  const index = variables.findIndex((variable) => variable.name === name);
  const variable = variables[index];
  if (variable === undefined) throw new Error(`No variable ${name}.`);
  const missing = variable.codes.length;
  const codes = groups.get(key);
  let meant: (level: number) => boolean;
  if (codes !== undefined) {
    const levels = new Set(codes.map((code) => levelOf(variable, code)));
    meant = (level) => levels.has(level);
  } else if (key === "total") meant = (level) => level !== missing;
  else if (key === "missing") meant = (level) => level === missing;
  else if (key === "everybody") meant = () => true;
  else throw new Error(`${name} has no category ${key}.`);
  return {variable: index, levels: Array.from({length: variable.levels}, (_, level) => meant(level))};
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

/** The condition that puts a respondent into a table's population, one term a condition. */
function populationTerms(variables: readonly Variable[], table: CountTable): Term[] {
  return table.population.map(({variable, code}) => sideTerm(variables, variable, new Map([[code, [code]]]), code));
}

/**
 * Reads printed tables as conditions on respondents.
 *
 * What is asked of whom follows from the tables: when every table that shows a variable shows it for the same
 * population only, nobody outside that population has an answer. The result does not depend on the order of the
 * variables, the tables or their cells: variables are sorted by name and constraints by table and place.
 */
export function readConstraints(
  variables: readonly CountVariable[],
  tables: readonly CountTable[],
  n: number
): Constraints {
  const shown = new Set<string>();
  for (const table of tables) {
    shown.add(table.row.variable);
    if (table.column !== null) shown.add(table.column.variable);
    for (const {variable} of table.population) shown.add(variable);
  }
  const sorted: Variable[] = variables
    .filter(({name}) => shown.has(name))
    .map(({name, codes}) => ({name, codes, levels: codes.length + 1}))
    .sort((a, b) => byCodeUnit(a.name, b.name));
  const indexOf = new Map(sorted.map(({name}, index) => [name, index]));
  const index = (name: string) => {
    const found = indexOf.get(name);
    if (found === undefined) throw new Error(`A table shows the variable ${name}, which is not in the codebook.`);
    return found;
  };

  const ordered = [...tables].sort((a, b) => compareTables(a.table, b.table));
  const constraints: Constraint[] = [];
  const scopes: number[][] = [];
  const asked = new Map<number, Map<string, Term> | null>();
  for (const table of ordered) {
    const population = populationTerms(sorted, table);
    const sides = [table.row, ...(table.column === null ? [] : [table.column])];
    const tied = [...sides.map(({variable}) => index(variable)), ...population.map(({variable}) => variable)];
    const scope = [...new Set(tied)].sort((a, b) => a - b);
    scopes.push(scope);
    for (const {variable} of sides) {
      const side = index(variable);
      const conditions = new Map<string, Term>();
      for (const term of population) {
        if (term.variable !== side) conditions.set(`${term.variable}=${term.levels.join()}`, term);
      }
      const before = asked.get(side);
      if (before === undefined) asked.set(side, conditions);
      else if (before !== null) for (const key of before.keys()) if (!conditions.has(key)) before.delete(key);
    }
    const cells = [...table.cells].sort(
      (a, b) => byCodeUnit(a.place.file, b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column
    );
    for (const cell of cells) {
      const terms = [sideTerm(sorted, table.row.variable, table.row.groups, cell.row), ...population];
      if (table.column !== null) {
        terms.push(sideTerm(sorted, table.column.variable, table.column.groups, cell.column ?? "total"));
      }
      constraints.push({table, cell, terms: allOf(terms), scope, count: cell.count});
    }
  }

  const askedOnly: AskedOnly[] = [];
  for (const [variable, conditions] of [...asked].sort(([a], [b]) => a - b)) {
    for (const term of conditions?.values() ?? []) askedOnly.push({variable, term});
  }
  const isAskedOnly = (variable: number, key: number) =>
    askedOnly.some((rule) => rule.variable === variable && rule.term.variable === key);
  const crossed = new Set<string>();
  for (const table of ordered) {
    if (table.column === null) continue;
    const row = index(table.row.variable);
    const column = index(table.column.variable);
    const everybody = table.population.every(
      ({variable}) => isAskedOnly(row, index(variable)) || isAskedOnly(column, index(variable))
    );
    if (everybody) crossed.add(pairKey(row, column));
  }
  // Who was asked at all is known, so a question put to unit managers only is crossed with position by itself.
  for (const {variable, term} of askedOnly) crossed.add(pairKey(variable, term.variable));
  return {n, variables: sorted, constraints, askedOnly, scopes, crossed};
}

/** Every pair of variables (by index, lower first) that no table crosses. */
export function uncrossedPairs({variables, crossed}: Constraints): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < variables.length; a++) {
    for (let b = a + 1; b < variables.length; b++) if (!crossed.has(pairKey(a, b))) pairs.push([a, b]);
  }
  return pairs;
}
