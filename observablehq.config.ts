import {foldCode} from "./scripts/markdown.js";

/** `npm run dev` runs a small server beside the preview that tells the open page of problems in raw data and code. */
const problemsUrl = process.env.NAV_PROBLEMS_URL;

export default {
  title: "NAV offices 2010, recomputed",
  root: "src",
  output: process.env.NAV_OUTPUT ?? "dist",
  style: "style.css",
  // Nothing is loaded from elsewhere: no web fonts, no CDN.
  globalStylesheets: [],
  head: problemsUrl ? `<script type="module" src="${problemsUrl}/overlay.js"></script>` : "",
  pages: [
    {name: "What holds", path: "/what-holds"},
    {name: "Who works in the NAV offices", path: "/who-works-here"},
    {name: "What goes with belief in the office", path: "/what-goes-with-belief"},
    {name: "Every check", path: "/every-check"},
    {name: "From tables back to respondents", path: "/reconstruction"}
  ],
  footer:
    "A recomputation of a report by Arbeidsforskningsinstituttet, Oslo. The report’s numbers are its authors’; the checks and the text here are ours.",
  search: true,
  toc: {label: "On this page"},
  markdownIt: foldCode,
  // Pages keep their .html, so that any file server finds them.
  preserveExtension: true,
  interpreters: {".ts": [process.execPath, "--import", "tsx"]},
  // Published under stable names, for whoever wants the data and not the pages.
  dynamicPaths: [
    "/data/published.arrow",
    "/data/respondents.arrow",
    "/data/respondents-2008.arrow",
    "/data/bounds.arrow",
    "/data/tests.arrow",
    "/data/checks.arrow",
    "/data/claims.arrow",
    "/data/errata.json",
    "/data/report.json",
    "/data/reconstruction.json"
  ]
};
