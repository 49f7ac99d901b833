import {type Drawing, type Text, textIn} from "../figures/drawing.js";
import {csvText} from "../tables/csv.js";
import {countText} from "../tables/format.js";
import type {Say} from "../tables/phrase.js";
import {type Copied, copyButton, placeAndDay} from "./copy.js";
import {type Entries, element, html, part} from "./html.js";
import {both, currentLanguage, inBoth, inText, say} from "./language.js";
import {pngOf, saveFile, svgFile} from "./svg.js";
import {numbersTable} from "./table.js";

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
}

/**
 * A figure with the sentence it proves as its title and an address of its own. Below it stand its source, its numbers as
 * a table that unfolds, and what it takes to pass it on: files, and a sentence that names its source.
 *
 * @example figure(agreement(bySize, {label, width}), {title: {en: "…", no: "…"}, tables: [2], n: 1249})
 * @example figure({node: Plot.plot({…}), words: "What it shows", numbers: [], language: "en"}, {title: "…"})
 */
export function figure(drawing: Drawing, text: FigureText): HTMLElement {
  const {node: plot, words, numbers, n, key} = drawing;
  const source = (say: Say, language: string) =>
    [sourceIn(n ? {n, ...text} : text, say, language), ...(key ? [key] : [])].join(" ").trim();
  const title = (language: string) => textIn(text.title, language);
  const id = slug(title("en"));
  const shown = title(currentLanguage());
  const node = element(html`<figure class="plot" id="${id}">
    <figcaption>${inText(text.title)} <a class="anchor" href="#${id}" aria-label="${say("Address of this figure")}">#</a></figcaption>
    <div class="drawing" role="img" aria-label="${words}"></div>
    <p class="source">${inBoth(source)}</p>
    <div class="tools">
      ${numbers.length > 0 ? html`<details class="numbers"><summary>${both("Numbers")}</summary>${numbersTable(numbers, say("Numbers of the figure: {title}", {title: shown}))}</details>` : null}
      <details class="use"><summary>${both("Save or quote")}</summary>
        <p><button type="button" data-as="svg">${both("Save as SVG")}</button>
        <button type="button" data-as="png">${both("Save as PNG")}</button>
        ${numbers.length > 0 ? html`<button type="button" data-as="csv">${both("Save the numbers (CSV)")}</button>` : null}</p>
      </details>
    </div>
  </figure>`);
  // One image, one text: labels of its parts are not read, and may not stand on parts without a role.
  for (const mark of [plot, ...plot.querySelectorAll("[aria-label]")]) mark.removeAttribute("aria-label");
  const place = part(node, ".drawing");
  place.append(plot);
  const around = (): readonly [string, ...string[]] => {
    const language = currentLanguage();
    return [title(language), source(say, language), credit(), ...placeAndDay(`#${id}`)];
  };
  const quote: Copied = {text: () => quoteOf(around()), label: "Copy a sentence with its source"};
  part(node, ".use").append(copyButton(quote, {text: () => placeAndDay(`#${id}`)[0], label: "Copy the address"}));
  for (const button of node.querySelectorAll<HTMLButtonElement>("[data-as]")) {
    button.addEventListener("click", async () => {
      if (button.dataset.as === "csv") return saveFile(`${id}.csv`, "text/csv", csvOf(numbers));
      const svg = svgFile(place, around());
      if (button.dataset.as === "svg") saveFile(`${id}.svg`, "image/svg+xml", svg);
      else saveFile(`${id}.png`, "image/png", await pngOf(svg));
    });
  }
  return node;
}

/** “Tables 21 and 27, 1 249 respondents. How to read it.” */
function sourceIn({source, tables = [], n, note = ""}: FigureText, say: Say, language: string): string {
  const list = [tables.slice(0, -1).join(", "), ...tables.slice(-1)].filter((part) => part !== "").join(say(" and "));
  const from = tables.length > 0 ? [say(tables.length > 1 ? "Tables {list}" : "Table {list}", {list})] : [];
  const people = n ? [say("{n} respondents", {n: countText(n)})] : [];
  const first = source ? textIn(source, language) : [...from, ...people].join(", ");
  return [first.replace(/([^.])$/, "$1."), textIn(note, language)].join(" ").trim();
}

/** Whom the numbers are owed to: the report, as the page's head names it, and this site. */
function credit(): string {
  const source = document.querySelector<HTMLMetaElement>('meta[name="dcterms.source"]')?.content ?? "";
  return say("Report: {source}. Recomputed: {site}.", {source, site: document.title.split(" | ").at(-1) ?? ""});
}

/** A sentence to quote the figure by: “Belief fell from 82% to 59% (tables 21 …; report …; address, 24 June 2026).” */
function quoteOf([title, source, credit, address, day]: readonly string[]): string {
  return `${title} (${source?.replace(/\.$/, "")}. ${credit} ${address}, ${day}).`;
}

/** Numbers as CSV: percents without their signs, which stand in the head of their column, and no blanks in counts. */
function csvOf(numbers: readonly Entries[]): string {
  const columns = Object.keys(numbers[0] ?? {}).map((name) => {
    const values = numbers.map((line) => String(line[name] ?? ""));
    const percent = values.every((value) => /^[-−]?[\d.]+%$/.test(value));
    const plain = values.map((value) => value.replaceAll("\u202f", "").replace(/^−(?=\d)/, "-"));
    return percent
      ? {name: `${name} (%)`, values: plain.map((value) => value.replace("%", ""))}
      : {name, values: plain};
  });
  return csvText(
    columns.map(({name}) => name),
    numbers.map((_, i) => columns.map(({values}) => values[i] || null))
  );
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-|-$/g, "");
}
