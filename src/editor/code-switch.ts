import {editCell, folded, onFold} from "./edit-in-place.js";

/**
 * The page's one switch for code. Hidden, there is only a small fold below each figure, which opens those of the cells
 * that the figure is made from, too; shown, every cell's code stands open; to edit, each has an editor in its place.
 */
export function startCodeSwitch(): void {
  const choice = document.querySelector<HTMLSelectElement>("#code-switch");
  const folds = () => [...document.querySelectorAll<HTMLDetailsElement>(folded)];
  if (!choice) return;
  choice.hidden = folds().length === 0;
  choice.value = "";
  choice.addEventListener("change", async () => {
    document.documentElement.dataset.code = choice.value;
    for (const fold of folds()) {
      fold.open = choice.value !== "";
      if (choice.value === "edit") await editCell(fold);
    }
  });
  onFold((shown) => {
    for (const fold of madeFrom(shown)) {
      fold.toggleAttribute("data-shown", shown.open);
      fold.open = shown.open;
    }
  });
}

/** The folds of the cells between a figure and the one before it. */
function madeFrom(fold: HTMLDetailsElement): HTMLDetailsElement[] {
  const figure = fold.previousElementSibling;
  const found: HTMLDetailsElement[] = [];
  if (!figure?.querySelector("figure.plot")) return found;
  for (let node = figure.previousElementSibling; node; node = node.previousElementSibling) {
    if (/^H\d$/.test(node.tagName) || node.querySelector("figure.plot")) break;
    if (node instanceof HTMLDetailsElement && node.matches(folded)) found.push(node);
  }
  return found;
}
