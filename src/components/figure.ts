import {type Drawing, type Text, textIn} from "../figures/drawing.js";
import {countText} from "../tables/format.js";
import {element, html} from "./html.js";
import {svgText} from "./svg.js";

/** What stands around a drawing. */
export interface FigureText {
  /** The sentence that the figure proves. */
  readonly title: Text;
  /** The tables that its numbers come from, as printed numbers: [2] */
  readonly tables?: readonly number[];
  /** How many respondents are counted, where the drawing does not say so itself. */
  readonly n?: number;
  /** How to read it, before what the drawing says of that itself. */
  readonly note?: Text;
  /** Where it comes from, in place of tables and n. */
  readonly source?: Text;
  /** What the figure shows, in words; its drawing says so itself. */
  readonly alt?: string;
  /** The figure's numbers, a line each; its drawing gives them itself. */
  readonly numbers?: readonly Readonly<Record<string, string | number>>[];
}

/**
 * A figure with the sentence it proves as its title and, below, its source, its numbers as a table that unfolds, and
 * the drawing as a file.
 *
 * @example figure(shares(bySize, {label, width}), {title: {en: "…", no: "…"}, tables: [2], n: 1249})
 */
export function figure(drawing: Drawing | Element, text: FigureText): HTMLElement {
  const plot = "words" in drawing ? drawing.node : drawing;
  const language = "words" in drawing ? drawing.language : "en";
  const {alt = "", numbers = []} = "words" in drawing ? {alt: drawing.words, numbers: drawing.numbers} : text;
  const title = textIn(text.title, language);
  const source = [
    sourceIn("words" in drawing && drawing.n ? {n: drawing.n, ...text} : text, language),
    ...("words" in drawing && drawing.key ? [drawing.key] : [])
  ].join(" ");
  const columns = Object.keys(numbers[0] ?? {});
  const table = html`<details class="numbers">
    <summary>Numbers</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Numbers of the figure: ${title}">
      <table>
        <thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${numbers.map(
          (line) =>
            html`<tr>${columns.map((name, i) =>
              i === 0 ? html`<th scope="row">${line[name] ?? ""}</th>` : html`<td>${line[name] ?? ""}</td>`
            )}</tr>`
        )}</tbody>
      </table>
    </div>
  </details>`;
  const node = element(html`<figure class="plot">
    <figcaption>${title}</figcaption>
    <div class="drawing" role="img" aria-label="${alt}"></div>
    <p class="source">${source}</p>
    <div class="tools">${columns.length > 0 ? table : null}<button type="button" class="download" aria-label="Save as SVG: ${title}">Save as SVG</button></div>
  </figure>`);
  // One image, one text: labels of its parts are not read, and may not stand on parts without a role.
  for (const part of [plot, ...plot.querySelectorAll("[aria-label]")]) part.removeAttribute("aria-label");
  const place = node.querySelector(".drawing");
  place?.append(plot);
  node.querySelector(".download")?.addEventListener("click", () => {
    const svg = place?.querySelector("svg");
    if (svg) save(`${slug(title)}.svg`, svgText(svg, title));
  });
  return node;
}

/** “Tables 21 and 27, 1 249 respondents. How to read it.” */
function sourceIn({source, tables = [], n, note = ""}: FigureText, language: string): string {
  const words = language === "en" ? ["Table", "Tables", "and", "respondents"] : ["Tabell", "Tabell", "og", "spurte"];
  const list = [tables.slice(0, -1).join(", "), ...tables.slice(-1)]
    .filter((part) => part !== "")
    .join(` ${words[2]} `);
  const from = tables.length > 0 ? [`${words[tables.length > 1 ? 1 : 0]} ${list}`] : [];
  const first = source ? textIn(source, language) : [...from, ...(n ? [`${countText(n)} ${words[3]}`] : [])].join(", ");
  return [first.replace(/([^.])$/, "$1."), textIn(note, language)].join(" ").trim();
}

function save(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}));
  link.download = name;
  link.click();
  // The file is read after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-|-$/g, "");
}
