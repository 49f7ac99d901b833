import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path/posix";
import {transformSync} from "esbuild";
import {html} from "../../src/components/html.js";
import {searchScript} from "../framework.js";
import type {Scripts} from "./bundle.js";
import {socialPicture} from "./extras.js";
import {gallery} from "./gallery.js";
import type {FinishedPage} from "./render.js";
import {writeSearch} from "./search.js";

/**
 * Completes every page once its cells’ output is in it: the script that brings it to life, what search engines and
 * social cards ask for, the policy of what it may load; and writes the search index from the text that readers see.
 */
export async function completePages(
  folder: string,
  pages: readonly FinishedPage[],
  scripts: Scripts,
  url: string | null
): Promise<void> {
  const [first, live, still] = ["head.js", "live.js", "still.css"].map((name) => {
    const source = readFileSync(new URL(name, import.meta.url), "utf8");
    const loader = name.endsWith(".css") ? "css" : "js";
    return transformSync(source, {loader, minify: true, target: "es2022"}).code.trim();
  });
  const entries = pages.flatMap(({facts}) => facts.entries);
  const search = await writeSearch(folder, entries);
  for (const page of pages) {
    const {title, sentences, hasControls} = page.facts;
    const head = metadata(page, title, page.description ?? sentences, url);
    const names = {site: scripts.site, client: scripts.client, page: page.script};
    const data = Object.entries(names).map(([name, path]) => `data-${name}="${page.up}/${path}"`);
    const complete = withStyles(page.html, folder, page.file)
      .replace(/(<div id="gallery">)[\s\S]*?<\/div>/, (_, start: string) => `${start}${gallery(pages)}</div>`)
      .replaceAll(`import("${searchScript}")`, `loadLive("${page.up}/${search}")`)
      .replace("<title>", () => `<script>${first}</script>\n<title>`)
      .replace("</title>", () => `</title>\n${head}`)
      .replace("</head>", () => `<style>${still}</style>\n</head>`)
      .replace("</h1>", hasControls ? `</h1>\n${withoutScripts}` : "</h1>")
      .replace("</body>", () => `<script id="live" ${data.join(" ")}>${live}</script>\n</body>`);
    page.html = withPolicy(complete);
  }
}

const withoutScripts =
  "<noscript><p>The controls on this page need JavaScript. What stands here is what they show at first.</p></noscript>";

function metadata(
  {file, up, html: page}: FinishedPage,
  title: string,
  description: string,
  url: string | null
): string {
  const [name = title, site = title] = title.split(" | ");
  const address = url === null ? null : new URL(file.replace(/(^|\/)index\.html$/, "$1"), url).href;
  const properties = {
    "og:type": "article",
    "og:site_name": site,
    "og:title": name,
    "og:description": description,
    ...(address ? {"og:url": address} : {}),
    "og:image": url === null ? `${up}/${socialPicture}` : new URL(socialPicture, url).href,
    "og:locale": /<html lang="([\w-]+)"/.exec(page)?.[1] ?? "en"
  };
  const tags = [
    html`<meta name="description" content="${description}">`,
    ...(address ? [html`<link rel="canonical" href="${address}">`] : []),
    ...Object.entries(properties).map(([key, value]) => html`<meta property="${key}" content="${value}">`),
    html`<meta name="twitter:card" content="summary_large_image">`
  ];
  return tags.map(({text}) => text).join("\n");
}

/**
 * The page with its style sheets in it, which saves a reader on a slow line a round trip for some 7 kB. Sheets that
 * name files by their own place stay where they are.
 */
function withStyles(page: string, folder: string, file: string): string {
  return page.replaceAll(/<link rel="stylesheet"[^>]* href="(\.[^"]*)"[^>]*>/g, (link, href: string) => {
    const path = join(folder, dirname(file), href);
    const text = existsSync(path) ? readFileSync(path, "utf8").trim() : null;
    return text === null || /url\((?!\s*["']?(?:data:|#))|@import|<\/style/i.test(text)
      ? link
      : `<style>${text}</style>`;
  });
}

/** The page with a policy of what it may load: its own files, and of inline scripts those that stand in it. */
function withPolicy(page: string): string {
  const scripts = page.matchAll(/<script(?![^>]*\bsrc=)(?![^>]*type="application)[^>]*>([\s\S]*?)<\/script>/g);
  const sums = [...scripts].map(([, code = ""]) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(sums)].join(" ")}`,
    // Drawings carry styles of their own in attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "worker-src 'self' blob:",
    // Framework's page for addresses that lead nowhere says with <base> where the site is.
    page.includes("<base ") ? "base-uri 'self'" : "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'"
  ].join("; ");
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return page.replace('<meta charset="utf-8">', () => `<meta charset="utf-8">\n${meta}`);
}
