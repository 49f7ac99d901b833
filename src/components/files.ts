import {countText} from "../tables/format.js";
import {element, type Html, html} from "./html.js";

/** A resource of datapackage.json, as far as the list of files shows it. */
export interface Resource {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly bytes: number;
  readonly rows?: number;
}

/** A row of the list: what the files of one name hold, and the files. */
interface Entry {
  readonly title: string;
  readonly description: string;
  readonly rows: number | null;
  readonly files: readonly {readonly path: string; readonly bytes: number}[];
}

/**
 * The published files, a row for what each holds, with links to every format. The links lead to plain addresses, so that
 * a file keeps its name.
 */
export function fileList(resources: readonly Resource[]): HTMLElement {
  const entries = new Map<string, Entry>();
  for (const {path, title, description, rows, bytes} of resources) {
    // The JSON codebook holds the same as the CSV one; other JSON files are on their own.
    const stem = path.replace(/\.\w+$/, "");
    const name = path.endsWith(".json") && stem !== "codebook" ? path : stem;
    const before = entries.get(name);
    entries.set(name, {
      title: before?.title ?? title,
      description: before?.description ?? description,
      rows: before?.rows ?? rows ?? null,
      files: [...(before?.files ?? []), {path, bytes}]
    });
  }
  const lines = [...entries.values()].map(
    ({title, description, rows, files}) => html`<tr>
      <th scope="row">${title}<span class="gloss">${description}</span></th>
      <td class="number${rows === null ? " none" : ""}">${rows === null ? "–" : countText(rows)}</td>
      <td>${files.map((file) => html`${fileLink(file.path, file.bytes)} `)}</td>
    </tr>`
  );
  return element(html`<div class="scroll" tabindex="0" role="region" aria-label="The files">
    <table class="register files">
      <thead><tr><th scope="col">What it holds</th><th scope="col" class="number">Rows</th><th scope="col">Files</th></tr></thead>
      <tbody>${lines}</tbody>
    </table>
  </div>`);
}

/** A link that saves a published file under its own name, with its size. */
export function fileLink(path: string, bytes: number): Html {
  const name = path.split("/").at(-1) ?? path;
  return html`<span class="file"><a href="./data/${path}" download="${name}">${path}</a> <span class="gloss">${sizeText(bytes)}</span></span>`;
}

/** A link that saves a published file under its own name, as an element to stand in a line of text. */
export function fileElement(path: string, bytes: number): HTMLElement {
  return element(fileLink(path, bytes));
}

/** A number of bytes for readers: `104 kB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
