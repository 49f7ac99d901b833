/** Elements that only show something. */
const shown = new Set(
  (
    "div span p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd b i em strong code pre sub sup small br hr figure figcaption table " +
    "thead tbody tfoot tr th td caption colgroup col details summary abbr mark s u blockquote style " +
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs clippath marker lineargradient " +
    "radialgradient stop pattern symbol use"
  ).split(" ")
);

/** Elements that go with all they hold; of others that are not shown, what they hold stays. */
const dropped = new Set(
  (
    "script noscript template iframe frame frameset object embed applet link meta base form input button select " +
    "textarea audio video source track canvas image img picture foreignobject animate animatetransform animatemotion " +
    "set feimage portal math"
  ).split(" ")
);

/** Attributes that name an address. */
const addresses = new Set(
  "href xlink:href src srcset srcdoc action formaction ping background poster data target download http-equiv is".split(
    " "
  )
);

/**
 * The markup of a result without anything that could load, lead elsewhere or run: scripts, handlers, links, images,
 * forms, embedded documents. Drawings, tables and text stay as they are.
 *
 * This is the first of two barriers; the second is the frame in which it is shown, where none of this would work
 * either.
 */
export function inertMarkup(markup: string): string {
  const {body} = new DOMParser().parseFromString(`<body>${markup}`, "text/html");
  for (const element of body.querySelectorAll("*")) {
    const name = element.localName.toLowerCase();
    if (dropped.has(name)) element.remove();
    else if (!shown.has(name)) element.replaceWith(...element.childNodes);
    else clean(element, name);
  }
  return body.innerHTML;
}

function clean(element: Element, name: string): void {
  for (const {name: attribute, value} of [...element.attributes]) {
    const lower = attribute.toLowerCase();
    const foreign = addresses.has(lower) && !(name === "use" && value.startsWith("#"));
    if (lower.startsWith("on") || foreign || !innocent(value)) element.removeAttribute(attribute);
  }
  if (name === "style" && !innocent(element.textContent ?? "")) element.remove();
}

/** Whether a style loads nothing: it names no address but those of parts of the same drawing. */
function innocent(style: string): boolean {
  return !/url\(\s*(?!["']?#)|@import|image-set\(|expression\(|\\/i.test(style);
}

/** The page’s variables that the markup’s colours and fonts are named by. */
export function namedVariables(markup: string): string[] {
  return [...new Set([...markup.matchAll(/var\((--[\w-]+)/g)].map(([, name = ""]) => name))].slice(0, 100);
}

/**
 * The document in which a result’s markup is shown: in a frame without scripts, under a policy that loads nothing. It
 * takes its colours from the reader’s choice of light or dark, as the page does, and the values of `variables` from the
 * page; `language` is that of the labels that are shown.
 */
export function resultDocument(
  markup: string,
  variables: Readonly<Record<string, string>> = {},
  language = "en"
): string {
  const values = Object.entries(variables).map(([name, value]) => `${name}: ${value.replace(/[<>{};]/g, "")};`);
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>Result</title>
<style>
:root { color-scheme: light; color: #1b1e23; --theme-foreground: #1b1e23; --theme-background-a: #fff; --theme-foreground-muted: #45484e; --bad: #b3261e; --sans-serif: system-ui, sans-serif; font: 14px/1.4 var(--sans-serif); }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; color: #dfdfd6; --theme-foreground: #dfdfd6; --theme-background-a: #161616; --theme-foreground-muted: #b0b0ab; --bad: #ff9d94; } }
:root { ${values.join(" ")} }
body { margin: 0; overflow: auto; }
svg { max-width: 100%; height: auto; }
figure { margin: 0 0 1rem; }
figcaption { font-weight: 600; margin-bottom: 0.5rem; }
figcaption .question { font-weight: 400; }
.source, .key, .ways, .gloss { color: var(--theme-foreground-muted); }
.ways { display: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0.5rem; text-align: right; vertical-align: top; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
th:first-child { text-align: left; }
.gloss, .recomputed, .remark { display: block; }
.recomputed { font-style: italic; }
.remark { color: var(--bad); }
.bilingual > ${language === "en" ? ':not([lang="en"])' : '[lang="en"]'}, .anchor, .tools { display: none; }
</style>
<body>${inertMarkup(markup)}`;
}
