import {parseHTML} from "linkedom";

/**
 * Gives a worker the document that Plot draws in: a plain tree of objects, of which nothing is shown, loaded or run.
 * Import it before anything that draws.
 */
const {document, Node, Element, SVGElement, HTMLElement} = parseHTML("<!doctype html><html><body></body></html>");
Object.assign(globalThis, {document, Node, Element, SVGElement, HTMLElement, window: {document}});

/** The constructor that pages fill their lists with; options in a document that nobody sees need no more. */
function Option(text = "", value = text, _default = false, selected = false): HTMLElement {
  const option = document.createElement("option");
  option.textContent = text;
  option.setAttribute("value", value);
  if (selected) option.setAttribute("selected", "");
  return option;
}
Object.assign(globalThis, {Option});

// What a list has selected, which the document does not know by itself.
Object.defineProperty(Object.getPrototypeOf(document.createElement("select")), "value", {
  configurable: true,
  get(this: Element) {
    return (this.querySelector("option[selected]") ?? this.querySelector("option"))?.getAttribute("value") ?? "";
  }
});
