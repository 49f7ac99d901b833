import {readdirSync} from "node:fs";
import {citation} from "./data-loaders/publish/citation.js";
import {linkedData, linkedDataScript} from "./data-loaders/publish/schema-org.js";
import {about} from "./data-loaders/read/about.js";
import {withCells} from "./scripts/build/cells.js";
import {dataPaths, navigation} from "./scripts/build/navigation.js";
import {html} from "./src/components/html.js";

/** `npm run dev` runs a small server beside the preview that tells the open page of problems in raw data and code. */
const devUrl = process.env.NAV_DEV;

/** Every raw file: a loader of src/data packs them into an archive. */
const raw = readdirSync("data-loaders/raw").flatMap((name) => (name.endsWith(".csv") ? `/data/raw/${name}` : []));

/** What search engines read of the data and of the review, on the pages that are about them. */
function describedData(from: string): string {
  const url = process.env.NAV_SITE_URL ?? null;
  return linkedDataScript(linkedData(citation(), dataPaths(), {url, from}));
}

/** The report's language, as it calls itself: “Norsk”. */
const [ownName = ""] = (new Intl.DisplayNames([about.language], {type: "language"}).of(about.language) ?? "")
  .replace(/^./, (letter) => letter.toUpperCase())
  .split(" ");

/** The choice of the language of labels, for a report that is not in English. */
const labelSwitch =
  about.language === "en"
    ? ""
    : `<fieldset id="label-switch">
  <legend data-text="Language">Language</legend>
  <label><input type="radio" name="labels" value="en" checked> English</label>
  <label lang="${about.language}"><input type="radio" name="labels" value="${about.language}"> ${ownName}</label>
</fieldset>`;

/** A bar chart of three bars, one of which is checked. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#12404f"/><path d="M4 12V8M8 12V4" stroke="#86b9cb" stroke-width="2.4"/><path d="M10.5 9.5l1.6 2L14.5 6" stroke="#fff" stroke-width="1.6" fill="none"/></svg>`;

export default {
  title: about.title,
  // Framework takes both of these for HTML.
  home: html`${about.title}`.text,
  root: "src",
  style: "style.css",
  // Nothing is loaded from elsewhere: no web fonts, no CDN.
  globalStylesheets: [],
  head: ({path}: {path: string}) =>
    `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}"><meta name="dcterms.source" content="${about.source}"><script type="module" src="/header.js"></script>${
      devUrl ? `<script type="module" src="${devUrl}/overlay.js"></script>` : ""
    }${["/index", "/data"].includes(path) ? describedData(path) : ""}`,
  header: `<label id="menu" for="observablehq-sidebar-toggle"><span data-text="Menu">Menu</span></label>
<button type="button" id="find"><span data-text="Search">Search</span></button>
<select id="code-switch" aria-label="Code" hidden>
  <option value="" data-text="Code">Code</option>
  <option value="shown" data-text="Code: shown">Code: shown</option>
  <option value="edit" data-text="Code: edit">Code: edit</option>
</select>
${labelSwitch}`,
  pages: navigation([
    {name: "Sammendrag på norsk", path: "/sammendrag"},
    {
      name: "The report, chapter by chapter",
      open: true,
      pages: [
        {name: "Who works in the NAV offices", path: "/who-works-here"},
        {name: "Roles and kinds of assistance", path: "/roles"},
        {name: "Across the old agencies’ borders", path: "/across-borders"},
        {name: "Caseloads and follow-up", path: "/caseloads"},
        {name: "Who leads", path: "/who-leads"},
        {name: "Cooperation and development", path: "/cooperation"},
        {name: "Belief in the reform", path: "/belief"},
        {name: "What goes with belief in the office", path: "/what-goes-with-belief"},
        {name: "The unit managers", path: "/unit-managers"},
        {name: "The conclusions, one by one", path: "/conclusions"}
      ]
    },
    {
      name: "Whether it holds",
      open: true,
      pages: [
        {name: "What holds, and the errors", path: "/what-holds"},
        {name: "Would other choices have changed the answer?", path: "/would-it-change"},
        {name: "From tables back to respondents", path: "/reconstruction"},
        {name: "Every check", path: "/every-check"}
      ]
    },
    {
      name: "Try it yourself",
      open: true,
      pages: [
        {name: "Cross any two questions", path: "/explore"},
        {name: "Playground", path: "/playground"}
      ]
    },
    {
      name: "About",
      open: true,
      pages: [
        {name: "Data to take away", path: "/data"},
        {name: "Words and facts", path: "/words"},
        {name: "Codebook", path: "/codebook"},
        {name: "Accessibility", path: "/accessibility"},
        {name: "All figures", path: "/figures"},
        {name: "Certificate", path: "/certificate"}
      ]
    }
  ]),
  footer: html`${about.footer}`.text,
  search: true,
  toc: {label: "On this page"},
  markdownIt: withCells,
  // Pages keep their .html, so that any file server finds them.
  preserveExtension: true,
  // During `npm run dev` one process has all loaders in memory.
  interpreters: {
    ".ts": [process.execPath, ...(process.env.NAV_DEV ? ["scripts/dev/ask.js"] : ["--import", "tsx"])]
  },
  // Published under stable names, for whoever wants the data and not the pages.
  dynamicPaths: [...dataPaths(), ...raw]
};
