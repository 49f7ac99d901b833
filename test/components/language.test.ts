// @vitest-environment jsdom
import {beforeEach, expect, test} from "vitest";
import {startLanguageSwitch} from "../../src/components/language.js";

beforeEach(() => {
  // As the build makes a page that is written in the report's own language.
  document.documentElement.dataset.labels = "nb";
  document.body.innerHTML = `<div id="label-switch"><input type="radio" value="en"><input type="radio" value="nb"></div>
    <span data-text="Search">Search</span>
    <main id="observablehq-main"><div lang="nb"><h1>Sammendrag</h1></div></main>`;
});

test.each([null, "en", "nb"])("a page in the report’s language has its frame in it, whatever was kept: %s", (kept) => {
  localStorage.clear();
  if (kept) localStorage.setItem("labels", kept);
  startLanguageSwitch();
  expect(document.querySelector("[data-text]")?.textContent).toBe("Søk");
  expect(document.querySelector<HTMLInputElement>("input[value=nb]")?.checked).toBe(true);
});

test("a page in English leads whoever has chosen the report’s language to one that is in it", () => {
  const main = document.querySelector("main");
  if (main) main.innerHTML = "<h1><a>Search</a></h1>";
  localStorage.setItem("labels", "nb");
  startLanguageSwitch();
  expect(main?.querySelector("h1")?.textContent).toBe("Søk");
  expect(main?.querySelector("#in-english a")?.getAttribute("href")).toBe("./sammendrag.html");
  document.querySelector<HTMLInputElement>("input[value=en]")?.dispatchEvent(new Event("change"));
  expect(main?.querySelector("h1")?.textContent).toBe("Search");
  expect(main?.querySelector("#in-english")).toBeNull();
});
