import type {FinishedPage} from "./render.js";

/** The figures of all pages in small, a section a page: what stands in the place of `#gallery`. */
export function gallery(pages: readonly Pick<FinishedPage, "file" | "facts">[]): string {
  return pages
    .filter(({file, facts}) => file !== "index.html" && facts.tiles.length > 0)
    .map(({file, facts: {title, tiles}}) => {
      const [name] = title.split(" | ");
      return `<section><h2><a href="./${file}">${name}</a></h2><ul>${tiles.join("")}</ul></section>`;
    })
    .join("");
}

/** The figures of a page in small, each with a link to where it stands. */
export function tilesOf(file: string, main: Element | null): string[] {
  return [...(main?.querySelectorAll("figure.plot[id]") ?? [])].flatMap((figure) => {
    const drawing = figure.querySelector("[data-width=narrow]") ?? figure.querySelector(".drawing > *");
    const caption = figure.querySelector("figcaption")?.cloneNode(true) as Element | undefined;
    caption?.querySelector(".anchor")?.remove();
    if (!drawing || !caption) return [];
    const copy = drawing.cloneNode(true) as Element;
    for (const node of [copy, ...copy.querySelectorAll("[id], [data-width]")]) {
      for (const name of ["data-width", "id", "style"]) node.removeAttribute(name);
    }
    const image = `<span aria-hidden="true">${copy.outerHTML}</span>`;
    return [`<li><a href="./${file}#${figure.id}"><b>${caption.innerHTML.trim()}</b>${image}</a></li>`];
  });
}
