import {startLanguageSwitch} from "./components/language.js";
import {startGlossary} from "./components/terms.js";
import {startCodeSwitch} from "./editor/code-switch.js";
import {startEditing} from "./editor/edit-in-place.js";
import glossary from "./report/glossary.json";

/** What stands on every page beside its text comes to life here; the page's head names this module. */
startLanguageSwitch();
startEditing();
startCodeSwitch();
startGlossary(glossary);

document.querySelector("#find")?.addEventListener("click", () => {
  const list = document.querySelector<HTMLInputElement>("#observablehq-sidebar-toggle");
  const field = document.querySelector<HTMLInputElement>("#observablehq-search input");
  // What is hidden takes no focus; once the field has it, the list of pages stays open.
  list?.click();
  field?.focus();
  list?.click();
});

/** What the address points to, with all that it is folded away in open; null where there is no such thing. */
function unfold(): HTMLElement | null {
  const found = document.getElementById(placeInAddress());
  for (let fold = found?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  return found;
}

// What an address points to may be made by a cell and come later than the page.
if (placeInAddress() && !unfold()) {
  const watch = new MutationObserver(() => {
    const found = unfold();
    if (!found) return;
    watch.disconnect();
    found.scrollIntoView();
  });
  watch.observe(document.body, {childList: true, subtree: true});
  setTimeout(() => watch.disconnect(), 10_000);
}
// A link within the page may lead to something that is folded away, too.
addEventListener("hashchange", () => unfold()?.scrollIntoView());

function placeInAddress(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    // Not every address is well-formed.
    return "";
  }
}
