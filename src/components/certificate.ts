import type {Certificate, CertifiedFile, Tally} from "../tables/certificate.js";
import {countText} from "../tables/format.js";
import {type Verdict, verdictNames} from "../tables/verdict.js";
import {sizeText} from "./files.js";
import {element, type Html, html} from "./html.js";

/** What was run: the commit, Node and the packages that compute. */
export function certifiedRun({title, version, checkout, node, packages}: Certificate): HTMLElement {
  const lines: (readonly [string, Html | string])[] = [
    ["Project", `${title}, version ${version}`],
    [
      "Commit",
      checkout
        ? html`<code>${checkout.commit}</code>${checkout.changed ? " with changes that are not committed" : ""}`
        : "not known: the files have no history"
    ],
    ...(checkout ? [["Date of the commit", checkout.date] as const] : []),
    ["Node", html`<code>${node}</code>`],
    [
      "Packages",
      html`${Object.entries(packages).map(([name, number], i) => html`${i > 0 ? ", " : ""}<code>${name}</code> ${number}`)}`
    ]
  ];
  return element(html`<div class="scroll" tabindex="0" role="region" aria-label="What was run">
    <table class="register certified"><tbody>${lines.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>
  </div>`);
}

/** What was checked, and how often it came out how. */
export function certifiedResults({results}: Certificate): HTMLElement {
  const names = Object.keys(results.checks) as Verdict[];
  const row = (name: string, tally: Tally) => html`<tr><th scope="row">${name}</th>
    <td class="number">${countText(sum(tally))}</td>
    ${names.map((verdict) => html`<td class="number">${countText(tally[verdict] ?? 0)}</td>`)}</tr>`;
  return element(html`<div class="scroll" tabindex="0" role="region" aria-label="Results">
    <table class="register certified">
      <thead><tr><th scope="col">What</th><th scope="col" class="number">All</th>${names.map((verdict) => html`<th scope="col" class="number">${verdictNames[verdict]}</th>`)}</tr></thead>
      <tbody>${row("Printed numbers", results.numbers)}${row("Relations between numbers, and form", results.relations)}${row("Numbers and comparisons of the text", results.claims)}</tbody>
    </table>
  </div>`);
}

/** Files with their sizes and checksums. */
export function manifest(files: readonly CertifiedFile[], name: string): HTMLElement {
  return element(html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">
    <table class="register manifest">
      <thead><tr><th scope="col">File</th><th scope="col" class="number">Size</th><th scope="col">SHA-256</th></tr></thead>
      <tbody>${files.map(
        ({file, bytes, sha256, comment}) => html`<tr>
          <th scope="row"><a href="./data/${file}" download="${file.split("/").at(-1) ?? file}">${file}</a><span class="gloss">${comment}</span></th>
          <td class="number" title="${bytes} bytes">${sizeText(bytes)}</td>
          <td><code class="sum">${sha256}</code></td>
        </tr>`
      )}</tbody>
    </table>
  </div>`);
}

function sum(tally: Tally): number {
  return Object.values(tally).reduce((total, count) => total + count, 0);
}
