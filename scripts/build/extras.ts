import {copyFileSync, existsSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {about} from "../../data-loaders/read/about.js";
import {fill} from "../fill.js";
import {root} from "../paths.js";

/** The picture that stands beside a link to the site elsewhere. */
export const socialPicture = "social.png";

/**
 * Writes what a site needs beside its pages: a page for addresses that do not exist, a map of the pages for search
 * engines (where the site's own address is known), the file that keeps Jekyll away, and the site's picture, if it has
 * one.
 */
export function writeExtras(folder: string, url: string | null): void {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
  write(".nojekyll", "");
  // It stands for any address, however deep: it can use no other file, and its links are full ones where they can be.
  const site = url === null ? "./" : new URL(".", url).href;
  const answer = ` <a href="${site}what-holds.html">What holds</a> gives the short answer.`;
  const hasAnswer = pages.includes("what-holds.html");
  write("404.html", fill("templates/404.html", {title: about.title, site, answer: hasAnswer ? answer : ""}));
  const picture = join(root, "src/report", socialPicture);
  if (existsSync(picture)) copyFileSync(picture, join(folder, socialPicture));
  if (url === null) return;
  const places = pages
    .sort()
    .map((name) => `<url><loc>${new URL(name.replace(/^index\.html$/, ""), url).href}</loc></url>`);
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">';
  write("sitemap.xml", `${head}\n${places.join("\n")}\n</urlset>\n`);
}
