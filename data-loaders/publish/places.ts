import {readdirSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import matter from "gray-matter";
import yaml from "js-yaml";
import {compareTables, readTableId, type TableId} from "../../src/tables/table-id.js";

/** Where each table of the report stands on this site: its number and the page's name without ending. */
export interface Place {
  readonly table: TableId;
  readonly page: string;
}

/** Front matter with every value as it is written: of table 3.10, YAML would make 3.1. */
const asWritten = {
  engines: {yaml: (text: string) => yaml.safeLoad(text, {schema: yaml.FAILSAFE_SCHEMA}) as object}
};

/**
 * Reads from each page's front matter which tables it shows (`tables: [3, 4]`), in the order of their numbers, so that
 * other pages can link to them. Throws when two pages claim the same table.
 */
export function readPlaces(folder: string): Place[] {
  const places = readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .flatMap((name) => {
      const {tables = []} = matter.read(join(folder, name), asWritten).data;
      return [tables]
        .flat()
        .map((table): Place => ({table: readTableId(String(table)), page: name.replace(/\.md$/, "")}));
    })
    .sort((a, b) => compareTables(a.table, b.table));
  places.forEach(({table, page}, i) => {
    const before = places[i - 1];
    if (before?.table === table) throw new Error(`table ${table} is claimed by ${before.page}.md and ${page}.md`);
  });
  return places;
}

/** The places of all tables, as the bytes of `places.json`. */
export function writePlaces(): Uint8Array {
  const folder = fileURLToPath(new URL("../../src", import.meta.url));
  return new TextEncoder().encode(`${JSON.stringify(readPlaces(folder))}\n`);
}
