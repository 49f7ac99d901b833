import {existsSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {about} from "../data-loaders/read/about.js";
import config from "../observablehq.config.js";
import {launch, serve} from "./browser.js";
import {fill} from "./fill.js";
import {root} from "./paths.js";

const dist = join(root, "dist");
const whole = "whole.html";

/** Pages that are there to be worked with, or to show how figures are made; on paper they would say nothing. */
const onScreenOnly = ["playground", "figures"];

/** Of these nothing happens on paper. */
const controls =
  "script, noscript, form, button, label:has(select), details.code, .tools, .ways, .editable-cell, .cite .copied";

/**
 * `npm run pdf`: the whole site as one PDF, `dist/<name>.pdf`, from the pages as they stand in `dist/`, in the order of
 * the navigation, with a table of contents and no JavaScript.
 */
async function main(): Promise<void> {
  if (!existsSync(join(dist, "index.html"))) throw new Error("There is no site in dist/; run npm run build first.");
  const listed = config.pages.flatMap((item) => ("pages" in item ? item.pages : [item]));
  const pages = ["index", ...listed.map(({path}) => path.slice(1))].filter(
    (name) => existsSync(file(name)) && !onScreenOnly.includes(name)
  );
  writeFileSync(join(dist, whole), bind(pages));
  const [site, browser] = await Promise.all([serve(dist), launch()]);
  try {
    const context = await browser.newContext({javaScriptEnabled: false, colorScheme: "light"});
    const page = await context.newPage();
    await page.goto(`${site.url}/${whole}`);
    await page.pdf({
      path: join(dist, `${about.name}.pdf`),
      format: "A4",
      // The widest tables fit, and text is as large as in a printed report.
      scale: 0.85,
      margin: {top: "18mm", bottom: "18mm", left: "16mm", right: "16mm"},
      displayHeaderFooter: true,
      headerTemplate: "<span></span>",
      footerTemplate: `<div style="font-size:10px;width:100%;text-align:center"><span class="pageNumber"></span></div>`,
      outline: true,
      tagged: true
    });
  } finally {
    await browser.close();
    site.close();
    // It was only for printing; what is in dist/ is published.
    rmSync(join(dist, whole));
  }
  console.log(`dist/${about.name}.pdf: ${pages.length} pages of the site`);
}

/** One document of many pages: each page's text, its anchors made unique, and links between pages turned inwards. */
function bind(pages: readonly string[]): string {
  const documents = pages.map((name) => new JSDOM(readFileSync(file(name), "utf8")).window.document);
  const parts = documents.map((document, i) => {
    const name = pages[i] ?? "";
    const text = document.querySelector("main");
    if (!text) throw new Error(`${name}.html has no text`);
    const heading = text.querySelector("h1");
    // The site's own title stands before the contents.
    if (name === "index" && heading) heading.textContent = "Introduction";
    for (const control of text.querySelectorAll(controls)) control.remove();
    // What is left empty would part a heading from what follows it.
    for (const block of text.querySelectorAll(".observablehq--block")) {
      if (!block.textContent?.trim() && !block.querySelector("svg, img, table")) block.remove();
    }
    for (const found of text.querySelectorAll(".found")) found.append(" here; the site has all of them");
    for (const fold of text.querySelectorAll("details")) fold.setAttribute("open", "");
    for (const node of text.querySelectorAll("[id]")) node.id = `${name}--${node.id}`;
    for (const link of text.querySelectorAll("a[href]")) {
      const href = link.getAttribute("href") ?? "";
      const [inside, page = name, anchor] = /^(?:\.\/([\w-]+)\.html(?:\?[^#]*)?)?(?:#(.*))?$/.exec(href) ?? [];
      if (inside && pages.includes(page)) link.setAttribute("href", anchor ? `#${page}--${anchor}` : `#${page}`);
    }
    return {name, title: heading?.textContent ?? name, html: text.innerHTML};
  });
  const url = process.env.NAV_SITE_URL;
  const styles = documents[0]?.querySelectorAll("link[rel=stylesheet], style") ?? [];
  return fill("templates/whole.html", {
    title: about.title,
    source: about.source,
    licence: about.licence,
    licenceText: about.licenceText,
    styles: [...styles].map((node) => node.outerHTML).join("\n"),
    contents: parts.map(({name, title}) => `<li><a href="#${name}">${title}</a></li>`).join("\n"),
    texts: parts.map(({name, html}) => `<section id="${name}" style="break-before: page">${html}</section>`).join("\n"),
    site: url ? `<a href="${url}">${url}</a>` : "the site"
  });
}

function file(name: string): string {
  return join(dist, `${name}.html`);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
