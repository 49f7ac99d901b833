import {copyFileSync, existsSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {about} from "../../data-loaders/read/about.js";
import {root} from "../paths.js";

/** The picture that stands beside a link to the site elsewhere. */
export const socialPicture = "social.png";

/**
 * Writes what a site needs beside its pages: a page for addresses that do not exist, a map of the pages for search
 * engines (which must name full addresses, so only where the site's own is known), and the file that keeps hosts which
 * run Jekyll from leaving out folders whose names start with an underscore; and the picture of the site, if it has one.
 */
export function writeExtras(folder: string, url: string | null): void {
  writeFileSync(join(folder, ".nojekyll"), "");
  const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
  writeFileSync(join(folder, "404.html"), missingPage(url, pages.includes("what-holds.html")));
  const picture = join(root, "src/report", socialPicture);
  if (existsSync(picture)) copyFileSync(picture, join(folder, socialPicture));
  if (url === null) return;
  const places = pages
    .sort()
    .map((name) => `<url><loc>${new URL(name.replace(/^index\.html$/, ""), url).href}</loc></url>`);
  writeFileSync(
    join(folder, "sitemap.xml"),
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${places.join("\n")}\n</urlset>\n`
  );
}

/**
 * A page that stands for any address, however deep, so it can use no other file; its links are full addresses where the
 * site's own is known.
 */
function missingPage(url: string | null, hasAnswer: boolean): string {
  const link = (page: string) => (url === null ? `./${page}` : new URL(page, url).href);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>No such page | ${about.title}</title>
<style>body {font: 1.1rem/1.5 Georgia, serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem}</style>
<main>
<h1>No such page</h1>
<p>Nothing stands at this address. <a href="${link("index.html")}">The start page</a> lists every table of the report.${
    hasAnswer ? ` <a href="${link("what-holds.html")}">What holds</a> gives the short answer.` : ""
  }</p>
</main>
</html>
`;
}
