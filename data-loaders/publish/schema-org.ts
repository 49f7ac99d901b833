import {about} from "../read/about.js";
import type {Citation} from "./citation.js";

const mediaTypes: Readonly<Record<string, string>> = {
  arrow: "application/vnd.apache.arrow.file",
  csv: "text/csv",
  json: "application/json",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip"
};

/**
 * The data as a schema.org Dataset, and the recomputation as a Review of the report: what search engines for data read.
 *
 * `paths` are the published files as the site has them (`/data/published.arrow`). `url` is where the site will be; where
 * that is not known, addresses are relative to the page, and `from` is the page’s path, such as `/data`.
 */
export function linkedData(
  {title, abstract, version, authors, keywords, report}: Citation,
  paths: readonly string[],
  {url, from}: {readonly url: string | null; readonly from: string}
) {
  const top = url === null ? "../".repeat(from.split("/").length - 2) || "./" : url.replace(/\/?$/, "/");
  const address = (path: string) => `${top}${path.replace(/^\//, "")}`;
  const organisations = (names: readonly string[]) => names.map((name) => ({"@type": "Organization", name}));
  const creator = organisations(authors);
  const work = {
    "@type": "Report",
    ...(report ? {name: report.title, author: organisations(report.authors)} : {name: about.source}),
    ...(report?.year ? {datePublished: String(report.year)} : {}),
    inLanguage: about.language
  };
  return {
    "@context": "https://schema.org",
    "@graph": [
      {
        "@type": "Dataset",
        "@id": address("data.html#dataset"),
        name: title,
        description: `${abstract} The respondents are made up: no row is a person.`.trim(),
        url: address("data.html"),
        version,
        keywords,
        license: about.licenceText,
        creator,
        isAccessibleForFree: true,
        isBasedOn: work,
        citation: about.source,
        temporalCoverage: about.years,
        spatialCoverage: {"@type": "Country", name: about.country},
        distribution: paths.map((path) => ({
          "@type": "DataDownload",
          name: path.split("/").at(-1),
          contentUrl: address(path),
          encodingFormat: mediaTypes[path.split(".").at(-1) ?? ""] ?? "application/octet-stream"
        }))
      },
      {
        "@type": "Review",
        "@id": address("what-holds.html#review"),
        name: `${title}: what holds`,
        url: address("what-holds.html"),
        author: creator,
        itemReviewed: work,
        reviewAspect: "Whether the printed numbers, and the conclusions drawn from them, can be computed again",
        inLanguage: "en",
        isBasedOn: {"@id": address("data.html#dataset")},
        license: about.licenceText
      }
    ]
  };
}

/** Linked data as a script element that no browser runs, for the head of a page. */
export function linkedDataScript(data: object): string {
  // Within a script element nothing may look like its end.
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`;
}
