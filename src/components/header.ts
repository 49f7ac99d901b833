import {startEditing} from "../editor/edit-in-place.js";
import {startLanguageSwitch} from "./language.js";

/** What stands on every page beside its text comes to life here; the page's head names this module. */
startLanguageSwitch();
startEditing();

// What an address points to may be made by a cell and come later than the page.
const target = decodeURIComponent(location.hash.slice(1));
if (target && !document.getElementById(target)) {
  const watch = new MutationObserver(() => {
    const found = document.getElementById(target);
    if (!found) return;
    watch.disconnect();
    found.scrollIntoView();
  });
  watch.observe(document.body, {childList: true, subtree: true});
  setTimeout(() => watch.disconnect(), 10_000);
}
