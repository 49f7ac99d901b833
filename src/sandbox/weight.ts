import {limits} from "./limits.js";

/**
 * What makes markup that is cheap to write dear to draw is refused before a browser reads it. Both functions here say in
 * a sentence which limit was passed, or give null.
 */

/** HTML elements without an end tag, and those whose `/>` a browser does not take for one. */
const empty = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const drawn =
  /^(path|rect|circle|ellipse|line|polyline|polygon|stop|use|g|svg|text|tspan|title|desc|defs|clippath|marker|pattern|symbol|\w+gradient|image|set|animate\w*)$/;

const tag =
  /<(\/?)([a-z][\w:-]*)(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*(\/?)>|<!--[^<>]*-->/iy;

/** What is wrong with markup as text. It is read once, from its beginning to its end, and no browser’s parser sees it. */
export function markupProblem(markup: string): string | null {
  if (markup.length > limits.markupLength) return `it has more than ${limits.markupLength} characters of markup`;
  const open: string[] = [];
  let elements = 0;
  for (let at = markup.indexOf("<"); at >= 0; at = markup.indexOf("<", tag.lastIndex)) {
    tag.lastIndex = at;
    const [text = "", end, written = "", closed] = tag.exec(markup) ?? [];
    if (text === "") return "its markup is not well-formed";
    const name = written.toLowerCase();
    if (text.length > limits.tagLength) return `one of its elements has more than ${limits.tagLength} characters`;
    if (name === "") continue;
    // What a browser makes of tags that cross can be far more than was written.
    if (end) {
      if (open.pop() !== name) return "its elements are not nested in each other";
      continue;
    }
    if (++elements > limits.elements) return `it has more than ${limits.elements} elements`;
    if (empty.has(name) || (closed && drawn.test(name))) continue;
    if (open.push(name) > limits.depth) return `its elements are nested more than ${limits.depth} deep`;
  }
  return null;
}

/** Styles that cost more than what they are written on: by what they ask of every element, or draw many times over. */
const dear =
  /:has\(|(?:^|[;{\s])(columns|column-(count|width)|(backdrop-)?filter|animation[\w-]*)\s*:|blend-mode|repeat\(|@(?!media)/i;

/** What an attribute of a part refers to within its drawing: `url(#mark)`, or the `#part` of which there is a copy. */
const reference = /^#(.+)$|url\(\s*["']?#([^)"']+)/g;

/** What is wrong with a drawing that a browser has read, before it is shown. */
export function drawingProblem(body: Element): string | null {
  const elements = [...body.querySelectorAll("*")];
  if (elements.length > limits.elements) return `it has more than ${limits.elements} elements`;
  const number = (element: Element, name: string) => Math.max(1, Number(element.getAttribute(name)) || 1);
  let cells = 0;
  const references: {from: Element; name: string; to: string}[] = [];
  for (const element of elements) {
    if (/^(td|th|col|colgroup)$/.test(element.localName)) {
      cells += number(element, "colspan") * number(element, "rowspan") * number(element, "span");
    }
    const isStyle = element.localName === "style";
    if (isStyle && /url\(/i.test(element.textContent ?? "")) return "its styles refer to parts of it";
    const own = isStyle ? [{name: "style", value: element.textContent ?? ""}] : [];
    for (const {name, value} of [...element.attributes, ...own]) {
      if (name === "style" && dear.test(value)) return "it has styles that are dear to draw";
      for (const [, part, url] of value.matchAll(reference)) {
        // A link copies nothing.
        if (part !== undefined && element.localName === "a") continue;
        references.push({from: element, name: `${name} ${value}`, to: part ?? url ?? ""});
      }
    }
  }
  if (cells > limits.cells) {
    return `its tables have more than ${limits.cells} cells, those that others span over included`;
  }
  const byId = new Map(elements.toReversed().map((element) => [element.id, element]));
  const referring = new Set(references.map(({from}) => from));
  let copies = elements.length;
  for (const {from, name, to} of references) {
    const inside = [...(byId.get(to)?.querySelectorAll("*") ?? [])];
    if (inside.some((element) => referring.has(element))) return "what it refers to refers to more";
    const bearers = [from, ...from.querySelectorAll("*")];
    const times = /marker/i.test(name) ? bearers.reduce((sum, element) => sum + corners(element), 0) : bearers.length;
    copies += times * (inside.length + 1);
    if (copies > limits.copies) return `it has more than ${limits.copies} elements, copies and marks counted each time`;
  }
  return null;
}

/** How many corners a line has at most, each of which may bear a mark. */
function corners(element: Element): number {
  const path = `${element.getAttribute("d") ?? ""} ${element.getAttribute("points") ?? ""}`;
  return 2 + (path.match(/[\d.]+/g)?.length ?? 0) / 2;
}
