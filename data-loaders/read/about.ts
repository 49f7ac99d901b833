import {readFileSync} from "node:fs";
import {type TestName, testNames} from "../../src/tables/printed-p.js";
import {oneOf, quote, refuseFile} from "./problem.js";

/** What is to be said of a report that stands in no table: `about.json`. */
export interface About {
  /** The title of the site. */
  readonly title: string;
  /** What stands at the foot of every page. */
  readonly footer: string;
  /** Where every number comes from: who made the report, where and when. */
  readonly source: string;
  /** The licence of the data, as SPDX names it. */
  readonly licence: string;
  /** Where the licence’s text is. */
  readonly licenceText: string;
  /** A short name for files: that of the archive of everything, of the package of data, of the PDF. */
  readonly name: string;
  /** The country that the report is about, in English. */
  readonly country: string;
  /** The language of the report: a tag of BCP 47, such as `nb`. */
  readonly language: string;
  /** The years that the data are about, as ISO 8601 writes a span: `2008/2010`. */
  readonly years: string;
  /** Headings of the report that hold no table and are not in the catalogue; `#` stands for a number from 1. */
  readonly otherSections: readonly string[];
  /** What a missing answer is called in the report's language. */
  readonly noAnswer?: string;
  /** How many answered each survey, where no table counts everybody. */
  readonly respondents?: Readonly<Record<string, number>>;
  /** The test that the report says its P values are of; without it, any usual test that gives a printed P will do. */
  readonly test?: TestName;
  /** The numbers that the report's prose has in words, longer ones first, with their values: `1/3`, `2`. */
  readonly numberWords: Readonly<Record<string, string>>;
}

const texts = ["title", "footer", "source", "licence", "licenceText", "name", "country", "language", "years"] as const;

/** Reads the text of `about.json`. Throws a RawDataError that names the first field that is not as {@link About} says. */
export function readAbout(text: string): About {
  const about = parseAbout(text);
  const hold = (name: string, holds: boolean, expected: string) => {
    if (!holds) refuseFile("about.json", `“${name}”: ${quote(JSON.stringify(about[name]) ?? "")}`, expected);
  };
  for (const name of texts) hold(name, typeof about[name] === "string" && about[name] !== "", "a text");
  // What neither XML nor UTF-8 can hold.
  for (const name of texts) hold(name, !/[\p{Cc}\p{Cs}]/u.test(String(about[name])), "one line of plain text");
  hold("name", /^[a-z0-9-]+$/.test(String(about.name)), "lower-case letters, digits and hyphens");
  const {otherSections, numberWords, test} = about;
  hold("test", test === undefined || testNames.some((name) => name === test), oneOf(testNames));
  const isText = (value: unknown) => typeof value === "string";
  hold("otherSections", Array.isArray(otherSections) && otherSections.every(isText), "a list of headings");
  const values = typeof numberWords === "object" && numberWords ? Object.values(numberWords) : [""];
  const areNumbers = values.every((value) => typeof value === "string" && /^\d+(\/[1-9]\d*)?$/.test(value));
  hold("numberWords", areNumbers, "words with their values, such as “1/3” or “2”");
  return about as unknown as About;
}

function parseAbout(text: string): Partial<Record<string, unknown>> {
  try {
    const about: unknown = JSON.parse(text);
    if (typeof about === "object" && about !== null) return about as Record<string, unknown>;
    throw new SyntaxError(`${quote(text)} instead of an object`);
  } catch (error) {
    return refuseFile("about.json", (error as Error).message, "JSON of names and values");
  }
}

/** What is said of this project's report. */
export const about: About = readAbout(readFileSync(new URL("../about.json", import.meta.url), "utf8"));
