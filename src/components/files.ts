import {countText} from "../tables/format.js";
import {element, type Html, html} from "./html.js";
import {scrollingTable} from "./table.js";

/** A resource of datapackage.json, as far as the list of files shows it. */
export interface Resource {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly bytes: number;
  readonly rows?: number;
}

/**
 * The published files, a row for what each holds, with links to every format. The links lead to plain addresses, so that
 * a file keeps its name.
 */
export function fileList(resources: readonly Resource[]): HTMLElement {
  const entries = new Map<string, Resource[]>();
  for (const resource of resources) {
    // The JSON codebook holds the same as the CSV one; other JSON files are on their own.
    const stem = resource.path.replace(/\.\w+$/, "");
    const name = resource.path.endsWith(".json") && stem !== "codebook" ? resource.path : stem;
    entries.set(name, [...(entries.get(name) ?? []), resource]);
  }
  const lines = [...entries.values()].map((files) => {
    const rows = files.find((file) => file.rows !== undefined)?.rows;
    return html`<tr>
      <th scope="row">${files[0]?.title ?? ""}<span class="gloss">${files[0]?.description ?? ""}</span></th>
      <td class="number${rows === undefined ? " none" : ""}">${rows === undefined ? "–" : countText(rows)}</td>
      <td>${files.map(({path, bytes}) => html`${fileLink(path, bytes)} `)}</td>
    </tr>`;
  });
  return element(scrollingTable("The files", "register files", ["What it holds", {number: "Rows"}, "Files"], lines));
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
