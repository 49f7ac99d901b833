/**
 * The output of a cell as HTML for windows of every width, from its output in a wide column and in a narrow one. What
 * is the same is there once; drawings that differ are there twice, and styles show the one that fits (`data-width`).
 *
 * Drawings keep their height when a column between the two makes them smaller, so that nothing moves when the live one
 * takes their place. Changes both arguments.
 */
export function mergeWidths(wide: Element, narrow: Element): string {
  for (const svg of wide.querySelectorAll("svg")) holdHeight(svg);
  for (const svg of narrow.querySelectorAll("svg")) holdHeight(svg);
  merge(wide, narrow);
  return wide.innerHTML;
}

function merge(wide: Element, narrow: Element): void {
  if (wide.isEqualNode(narrow)) return;
  const [mine, others] = [[...wide.children], [...narrow.children]];
  const alike = mine.length === others.length && mine.every((node, i) => node.tagName === others[i]?.tagName);
  if (!wide.parentElement || (alike && mine.length > 0 && wide.localName !== "svg")) {
    for (const [i, node] of mine.entries()) {
      const other = others[i];
      if (other) merge(node, other);
    }
    return;
  }
  wide.setAttribute("data-width", "wide");
  narrow.setAttribute("data-width", "narrow");
  renameIds(narrow);
  wide.after(narrow);
}

/** Ids are once a page: those of the narrow copy, and what refers to them within it, get names of their own. */
function renameIds(copy: Element): void {
  const ids = new Set([copy, ...copy.querySelectorAll("[id]")].map((node) => node.id).filter(Boolean));
  for (const node of [copy, ...copy.querySelectorAll("*")]) {
    for (const {name, value} of [...node.attributes]) {
      if (name === "id" && ids.has(value)) node.setAttribute("id", `${value}-narrow`);
      const [, id] = /^(?:url\()?#([^)]*)\)?$/.exec(value) ?? [];
      if (id !== undefined && ids.has(id)) node.setAttribute(name, value.replace(`#${id}`, `#${id}-narrow`));
    }
  }
}

function holdHeight(svg: SVGElement): void {
  const height = Number(svg.getAttribute("height"));
  if (height > 0 && svg.getAttribute("viewBox")) svg.style.height = `${height}px`;
}
