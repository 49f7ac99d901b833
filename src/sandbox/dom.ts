import {parseHTML} from "linkedom";

/**
 * Gives a worker the document that Plot draws in. It is a plain tree of objects: nothing in it is shown, loaded or run.
 * Import it before anything that draws.
 */
const {document, Node, Element, SVGElement, HTMLElement} = parseHTML("<!doctype html><html><body></body></html>");
Object.assign(globalThis, {document, Node, Element, SVGElement, HTMLElement, window: {document}});
