import type {Lie} from "../multiverse/likeness.js";
import {meanOffice} from "../statistics/design-effect.js";
import type {TableEntry} from "../tables/labels.js";

/** What all respondents of an office have in common. */
const ofOffices: readonly string[] = ["office_size", "start_year", "survey"];

/** How the groups lie in offices that a comparison is of; unit managers are one to an office, or two. */
export function lieOf({population, row, column}: Pick<TableEntry, "population" | "row" | "column">, group = ""): Lie {
  if (population !== null) return "one";
  return [row, column ?? "", group].some((name) => ofOffices.includes(name)) ? "between" : "within";
}

/**
 * The mean number of respondents in an office, as respondents see it: those of each size (table 2) over the managers who
 * answered from offices of that size (table 30). Offices whose manager did not answer make it smaller than that.
 */
export function respondentsAnOffice(respondents: readonly number[], managers: readonly number[]): number {
  return meanOffice(respondents.map((n, i) => ({respondents: n, offices: managers[i] ?? 1})));
}
