import names from "./markup.json" with {type: "json"};
import {drawingProblem} from "./weight.js";

/** Elements that only show something. */
const shown = new Set(names.shown);
/** Elements that go with all they hold; of others that are not shown, what they hold stays. */
const dropped = new Set(names.dropped);
/** Attributes that name an address. */
const addresses = new Set(names.addresses);

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
