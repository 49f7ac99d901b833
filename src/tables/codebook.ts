import type {CategoryEntry, VariableEntry} from "./labels.js";
import type {TableId} from "./table-id.js";

/** Numbers of respondents by survey: `{"2010": 1257}`. */
export type BySurvey = Readonly<Record<string, number>>;

/** A category of the codebook with all that is known of it. */
export interface CodebookCategory extends CategoryEntry {
  /** How tables print it; with `table`, a label that only that table prints. */
  readonly spellings: readonly {readonly text: string; readonly table: TableId | null}[];
  /** How many respondents have it, in each survey that has the variable. */
  readonly respondents: BySurvey;
}

/** A variable of the codebook with all that is known of it. */
export interface CodebookVariable extends Omit<VariableEntry, "categories"> {
  readonly categories: readonly CodebookCategory[];
  /** How many respondents have no answer, or were not asked. */
  readonly missing: BySurvey;
  /** The tables that show it, by their numbers. */
  readonly tables: readonly TableId[];
}

/** What `codebook.json` holds. */
export interface CodebookFile {
  /** The surveys whose respondents are counted; the report’s own first. */
  readonly surveys: readonly string[];
  readonly variables: readonly CodebookVariable[];
}
