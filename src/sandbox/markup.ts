import {drawingProblem} from "./weight.js";

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
 * The markup of a result as a document’s body without anything that could load, lead elsewhere or run; drawings, tables
 * and text stay. Gives a sentence instead where the drawing is too much to be shown. It is the first of two barriers:
 * in the frame in which it is shown none of this would work either.
 */
export function inertBody(markup: string): HTMLElement | string {
  const {body} = new DOMParser().parseFromString(`<body>${markup}`, "text/html");
  const problem = drawingProblem(body);
  if (problem !== null) return problem;
  for (const element of body.querySelectorAll("*")) {
    const name = element.localName.toLowerCase();
    if (dropped.has(name)) element.remove();
    else if (!shown.has(name)) element.replaceWith(...element.childNodes);
    else clean(element, name);
  }
  return body;
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
