// @vitest-environment jsdom
import {expect, test} from "vitest";
import {type ClaimRow, claimsList} from "../../src/components/claims.js";
import type {Verdict} from "../../src/tables/verdict.js";

const claim = (id: string, verdict: Verdict, more: Partial<ClaimRow> = {}): ClaimRow => ({
  id,
  section: "Innledning",
  paraphrase: `what ${id} says`,
  printed: "halvparten",
  recomputed: "40.8%",
  verdict,
  reason: null,
  note: null,
  erratum: null,
  table: null,
  ...more
});

/** What is shown of an item to whoever reads English. */
function english(item: Element | null): string {
  for (const other of item?.querySelectorAll(".bilingual > :not([lang=en])") ?? []) other.remove();
  return item?.textContent ?? "";
}

test("what fails is open, the worst first; what holds and what cannot be checked unfolds", () => {
  const list = claimsList(
    [
      claim("a", "exact"),
      claim("b", "inconsistent"),
      claim("c", "not_checkable"),
      claim("d", "differs"),
      claim("e", "exact")
    ],
    "table 3"
  );
  const open = [...list.querySelectorAll(":scope > ul > li")].map((item) => item.textContent ?? "");
  expect(open.map((text) => text.slice(0, 11))).toEqual(["what d says", "what b says"]);
  expect([...list.querySelectorAll("summary")].map((s) => s.textContent)).toEqual([
    "1 statement that cannot be checked",
    "2 statements that hold"
  ]);
});

test("a statement says where it stands, what is printed in its own language, and links its error", () => {
  document.body.innerHTML = '<div id="label-switch"><input value="en"><input value="nb"></div>';
  const list = claimsList([claim("a", "differs", {section: "Konklusjon", erratum: "e03", note: "Turned round"})], "x");
  const item = list.querySelector("li");
  expect(english(item)).toContain("(Conclusion)");
  expect(english(item)).toContain("Turned round.");
  expect(item?.querySelector(":scope > [lang=nb]")?.textContent).toBe("“halvparten”");
  expect(item?.querySelector("a")?.getAttribute("href")).toBe("./what-holds.html#e03");
});

test("what was not recomputed shows no number", () => {
  const item = claimsList([claim("a", "not_checkable", {recomputed: null, reason: "No table shows it"})], "x");
  expect(item.textContent).not.toContain("the tables");
  expect(item.textContent).toContain("No table shows it.");
});

test("a recomputed count has its thousands apart; what is printed stays as printed", () => {
  const item = (recomputed: string) =>
    claimsList([claim("a", "differs", {printed: "1257", recomputed})], "x").querySelector("li");
  expect(english(item("1256"))).toContain("The report: “1257”; the tables: 1\u202f256.");
  expect(english(item("1234.5%"))).toContain("the tables: 1234.5%.");
  expect(english(item("40 < 1081"))).toContain("the tables: 40 against 1\u202f081.");
  expect(english(item("2007 (50.4%; next 60.7%)"))).toContain("the tables: 2007, 50.4%; 60.7%.");
  expect(english(item("A (B) (35.7%; next 22.6%)"))).toContain("the tables: A (B), 35.7%; 22.6%.");
});

test("what was held against other words of the text does not say that a table has it", () => {
  const list = claimsList([claim("a", "exact", {against: "text", recomputed: "82.0%"})], "x");
  expect(english(list.querySelector("li"))).toContain("the text: 82.0%.");
});
