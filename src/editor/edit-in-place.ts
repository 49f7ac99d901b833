import {element, html, part} from "../components/html.js";

/** The code of cells that fold out below what they show; see scripts/build/cells.ts. */
export const folded = "details.code:not(.editable-cell *)";

/**
 * Makes every cell’s code that is folded out editable: a button puts an editor in its place, and what comes of it is
 * shown below. Nothing is loaded before the button is pressed.
 */
export function startEditing(): void {
  onFold((fold) => fold.open && offer(fold));
}

/** Calls `then` with each fold of code that is opened or closed. */
export function onFold(then: (fold: HTMLDetailsElement) => void): void {
  const onToggle = ({target}: Event) => {
    if (target instanceof HTMLDetailsElement && target.matches(folded)) then(target);
  };
  // The event does not rise from the element that is opened; but it can be caught on its way down.
  document.addEventListener("toggle", onToggle, {capture: true});
}

function offer(details: HTMLDetailsElement): void {
  if (!details.querySelector("pre") || details.querySelector(".edit-in-place")) return;
  const offered = element(html`<p class="edit-in-place">
    <button type="button">Edit and rerun</button> <span role="status"></span>
  </p>`);
  part(offered, "button").addEventListener("click", () => editCell(details, true));
  details.append(offered);
}

/** Puts an editor in the place of a cell's code, as a press on its button does; then the focus goes there too. */
export async function editCell(details: HTMLDetailsElement, focus = false): Promise<void> {
  offer(details);
  const offered = details.querySelector<HTMLElement>(".edit-in-place");
  if (!offered || offered.hidden) return;
  const [button, status] = [part(offered, "button"), part(offered, "span")];
  status.textContent = "The editor is being loaded …";
  try {
    const {cellEditor} = await import("./cell-editor.js");
    const cell = element(html`<section class="editable-cell" aria-label="Code of this cell"></section>`);
    const results = element(html`<div class="result"></div>`);
    const others = [...document.querySelectorAll(folded)].filter((other) => other !== details).map(textOf);
    const parts = [...details.children].filter((part) => part.localName !== "summary");
    const editor = cellEditor({
      code: textOf(details),
      results,
      others,
      onClose: () => {
        for (const part of parts) part.removeAttribute("hidden");
        cell.remove();
        button.focus();
      }
    });
    cell.append(...editor.nodes, results);
    for (const part of parts) part.setAttribute("hidden", "");
    details.append(cell);
    status.textContent = "";
    if (focus) editor.focus();
  } catch (error) {
    status.textContent = `The editor could not be loaded: ${String(error)}`;
  }
}

/** The code of a cell, as its page has it. */
function textOf(details: Element): string {
  return details.querySelector("pre")?.textContent?.replace(/\n$/, "") ?? "";
}
