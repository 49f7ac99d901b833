import {readdirSync} from "node:fs";
import {join} from "node:path";
import matter from "gray-matter";
import {csvName, hasCsv} from "../../data-loaders/publish/csv-copies.js";
import {about} from "../../data-loaders/read/about.js";
import {isPublished, otherSurveys} from "../../data-loaders/read/surveys.js";
import {root} from "../paths.js";

/** A page in the navigation. */
export interface PageLink {
  readonly name: string;
  readonly path: string;
}

/** A part of the navigation. */
export interface PageGroup {
  readonly name: string;
  readonly open?: boolean;
  readonly pages: readonly PageLink[];
}

/**
 * The published paths of all files that the loaders of `src/data` make: one a survey of respondents, and a CSV file
 * beside each Arrow file.
 */
export function dataPaths(): string[] {
  const loaders = readdirSync(join(root, "src/data")).filter((name) => /^(?!\[file\]).*\.ts$/.test(name));
  const names = loaders.flatMap((loader) => {
    const name = loader.replace(/\.ts$/, "").replace("[archive]", about.name);
    return name.includes("[survey]") ? otherSurveys().map((survey) => name.replace("[survey]", survey)) : [name];
  });
  const there = names.filter(isPublished);
  return [...there, ...there.filter(hasCsv).map(csvName), "codebook.csv"].map((name) => `/data/${name}`);
}

/**
 * The navigation: of the pages listed those that are there, and then those that are not listed, as another report's
 * are, by their titles.
 */
export function navigation(listed: readonly (PageLink | PageGroup)[]): (PageLink | PageGroup)[] {
  const titles = new Map(
    readdirSync(join(root, "src")).flatMap((name) => {
      if (!name.endsWith(".md") || ["index.md", "404.md"].includes(name)) return [];
      const {data, content} = matter.read(join(root, "src", name));
      const path = `/${name.slice(0, -".md".length)}`;
      // The title in its front matter, or its first heading, or its name.
      return data.draft
        ? []
        : [[path, String(data.title ?? /^# *(.+)$/m.exec(content)?.[1] ?? path.slice(1))] as const];
    })
  );
  const links = listed.flatMap((item) => ("pages" in item ? item.pages : [item]));
  const kept = listed.flatMap((item): (PageLink | PageGroup)[] => {
    if (!("pages" in item)) return titles.has(item.path) ? [item] : [];
    const pages = item.pages.filter(({path}) => titles.has(path));
    return pages.length > 0 ? [{...item, pages}] : [];
  });
  const others = [...titles].filter(([path]) => !links.some((link) => link.path === path));
  return [...kept, ...others.map(([path, name]) => ({name, path}))];
}
