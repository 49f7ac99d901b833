import {readFileSync} from "node:fs";
import {Ajv} from "ajv";
import yaml from "js-yaml";
import {describe, expect, test} from "vitest";
import {citation, citationFile, readCitation} from "../../../data-loaders/publish/citation.js";
import {linkedData, linkedDataScript} from "../../../data-loaders/publish/schema-org.js";
import {about} from "../../../data-loaders/read/about.js";

const text = readFileSync(citationFile, "utf8");
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8"));

describe("CITATION.cff", () => {
  test("is a citation file of version 1.2.0", () => {
    const validate = new Ajv({allErrors: true, strict: false}).compile(fixture("cff-1.2.0.schema.json"));
    expect(validate(yaml.safeLoad(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({...(yaml.safeLoad(text) as object), "cff-version": "1.1.0"})).toBe(false);
    expect(validate({...(yaml.safeLoad(text) as object), licence: "MIT"})).toBe(false);
  });

  test("has the title, the version and the licences that stand elsewhere", () => {
    const {version, license} = JSON.parse(readFileSync("package.json", "utf8"));
    expect(citation()).toMatchObject({title: about.title, version, licences: [about.licence, license]});
  });

  test("gives a reference with the year, once there is one, and names what is missing", () => {
    expect(citation().apa).toContain("(n.d.)");
    const released = readCitation(`${text}\ndate-released: 2031-02-03\n`);
    expect(released.apa).toContain("(2031)");
    expect(released.bibtex).toContain("year = {2031}");
    expect(() => readCitation(text.replace(/^title:.*$/m, ""))).toThrow("“title”");
    expect(() => readCitation(text.replace(/^authors:\n(?: .*\n)*/m, ""))).toThrow("“authors”");
  });

  test("may leave out or write short whatever the format lets it", () => {
    const optional = ["abstract", "version", "license", "keywords", "references"];
    const {version} = JSON.parse(readFileSync("package.json", "utf8"));
    for (let chosen = 0; chosen < 2 ** optional.length; chosen++) {
      const left = Object.entries(yaml.safeLoad(text) as object).filter(
        ([name]) => (chosen & (1 << optional.indexOf(name))) === 0 || !optional.includes(name)
      );
      const read = readCitation(JSON.stringify(Object.fromEntries(left)));
      expect(read).toMatchObject({title: about.title, version, apa: expect.stringContaining(version)});
      expect(() => linkedData(read, [], {url: null, from: "/data"})).not.toThrow();
    }
    const person = {"family-names": "Dam", "given-names": "Å.", "name-particle": "van", "name-suffix": "jr."};
    const short = {
      title: 7,
      version: 1.5,
      license: "MIT",
      keywords: "one",
      authors: [person, {alias: "x"}, {name: "A, B"}]
    };
    const read = readCitation(JSON.stringify(short));
    expect(read).toMatchObject({
      title: "7",
      version: "1.5",
      licences: ["MIT"],
      keywords: ["one"],
      authors: ["van Dam jr., Å.", "x", "A, B"],
      report: null
    });
    expect(read.bibtex).toContain("author = {van Dam jr., Å. and {x} and {A, B}}");
  });
});

describe("what search engines read", () => {
  const paths = ["/data/published.arrow", "/data/published.csv", "/data/nav-offices-2010.zip"];

  test("describes a data set with its files, and a review of the report", () => {
    const {"@graph": graph} = linkedData(citation(), paths, {url: null, from: "/data"});
    const [dataset, review] = graph;
    expect(graph.map((part) => part["@type"])).toEqual(["Dataset", "Review"]);
    expect(dataset).toMatchObject({name: about.title, license: expect.stringContaining("creativecommons.org")});
    expect(dataset?.distribution).toEqual([
      expect.objectContaining({
        contentUrl: "./data/published.arrow",
        encodingFormat: "application/vnd.apache.arrow.file"
      }),
      expect.objectContaining({contentUrl: "./data/published.csv", encodingFormat: "text/csv"}),
      expect.objectContaining({contentUrl: "./data/nav-offices-2010.zip", encodingFormat: "application/zip"})
    ]);
    expect(review).toMatchObject({itemReviewed: {"@type": "Report", datePublished: "2014"}});
  });

  test("names whole addresses only where the site’s is known", () => {
    for (const url of ["https://example.org/nav", "https://example.org/nav/"]) {
      const text = JSON.stringify(linkedData(citation(), paths, {url, from: "/data"}));
      expect(text).toContain('"https://example.org/nav/data/published.csv"');
    }
    const unknown = JSON.stringify(linkedData(citation(), paths, {url: null, from: "/index"}));
    expect(unknown.match(/https?:\/\/(?!schema\.org|creativecommons\.org)/)).toBeNull();
  });

  test("cannot end the script that it stands in", () => {
    const data = linkedData({...citation(), title: "</script><img>"}, [], {url: null, from: "/data"});
    const script = linkedDataScript(data);
    expect(script.match(/<\/script>/g)).toHaveLength(1);
    expect(JSON.parse(script.replace(/^<script[^>]*>|<\/script>$/g, ""))).toEqual(data);
  });
});
