import type {Certificate, CertifiedFile, Tally} from "../tables/certificate.js";
import {countText} from "../tables/format.js";
import {type Verdict, verdictNames} from "../tables/verdict.js";
import {sizeText} from "./files.js";
import {element, type Html, html} from "./html.js";
import {scrollingTable} from "./table.js";

/** What was run: the commit, Node and the packages that compute. */
export function certifiedRun({title, version, checkout, node, packages}: Certificate): HTMLElement {
  const used = Object.entries(packages).map(
    ([name, number], i) => html`${i > 0 ? ", " : ""}<code>${name}</code> ${number}`
  );
  const commit = checkout
    ? html`<code>${checkout.commit}</code>${checkout.changed ? " with changes that are not committed" : ""}`
    : "not known: the files have no history";
  const lines: (readonly [string, Html | string])[] = [
    ["Project", `${title}, version ${version}`],
    ["Commit", commit],
    ...(checkout ? [["Date of the commit", checkout.date] as const] : []),
    ["Node", html`<code>${node}</code>`],
    ["Packages", html`${used}`]
  ];
  const rows = lines.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return element(scrollingTable("What was run", "register certified", [], rows));
}

/** What was checked, and how often it came out how. */
export function certifiedResults({results}: Certificate): HTMLElement {
  const names = Object.keys(results.checks) as Verdict[];
  const row = (name: string, tally: Tally) => {
    const all = Object.values(tally).reduce((total, count) => total + count, 0);
    const counts = [all, ...names.map((verdict) => tally[verdict] ?? 0)];
    return html`<tr><th scope="row">${name}</th>
    ${counts.map((count) => html`<td class="number">${countText(count)}</td> `)}</tr>`;
  };
  const heads = ["What", {number: "All"}, ...names.map((verdict) => ({number: verdictNames[verdict]}))];
  const rows = [
    row("Printed numbers", results.numbers),
    row("Relations between numbers, and form", results.relations),
    row("Numbers and comparisons of the text", results.claims)
  ];
  return element(scrollingTable("Results", "register certified", heads, rows));
}

/** Files with their sizes and checksums. */
export function manifest(files: readonly CertifiedFile[], name: string): HTMLElement {
  const rows = files.map(
    ({file, bytes, sha256, comment}) => html`<tr>
          <th scope="row"><a href="./data/${file}" download="${file.split("/").at(-1) ?? file}">${file}</a><span class="gloss">${comment}</span></th>
          <td class="number" title="${bytes} bytes">${sizeText(bytes)}</td>
          <td><code class="sum">${sha256}</code></td>
        </tr>`
  );
  return element(scrollingTable(name, "register manifest", ["File", {number: "Size"}, "SHA-256"], rows));
}
