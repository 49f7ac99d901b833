import {element, html} from "../components/html.js";

/** The code of cells that fold out below what they show; see scripts/markdown.ts. */
export const folded = "details.code:not(.editable-cell *)";

/**
 * Makes every cell’s code that is folded out editable: a button below it puts an editor in its place, with the cell’s
 * own code, and what comes of it is shown below. Nothing is loaded before the button is pressed.
 */
export function startEditing(): void {
  // The event does not rise from the element that is opened; but it can be caught on its way down.
  document.addEventListener(
    "toggle",
    ({target}) => {
      if (target instanceof HTMLDetailsElement && target.open && target.matches(folded)) offer(target);
    },
    {capture: true}
  );
}

function offer(details: HTMLDetailsElement): void {
  const shown = details.querySelector("pre");
  if (!shown || details.querySelector(".edit-in-place")) return;
  const code = textOf(details);
  const offered = element(html`<p class="edit-in-place">
    <button type="button">Edit and rerun</button> <span role="status"></span>
  </p>`);
  const [button, status] = [offered.querySelector("button"), offered.querySelector("span")];
  button?.addEventListener("click", () => open(true));
  details.append(offered);
  opened.set(details, open);

  async function open(focus: boolean): Promise<void> {
    if (!button || offered.hidden) return;
    if (status) status.textContent = "The editor is being loaded …";
    try {
      const {cellEditor} = await import("./cell-editor.js");
      const cell = element(html`<section class="editable-cell" aria-label="Code of this cell"></section>`);
      const results = element(html`<div class="result"></div>`);
      const others = [...document.querySelectorAll(folded)].filter((other) => other !== details).map(textOf);
      const parts = [...details.children].filter((part) => part !== offered && part.localName !== "summary");
      const show = (plain: boolean) => {
        for (const part of [...parts, offered]) part.toggleAttribute("hidden", !plain);
        if (plain) cell.remove();
        else details.append(cell);
      };
      const onClose = () => {
        show(true);
        button.focus();
      };
      const editor = cellEditor({code, title: "Code of this cell", results, others, onClose});
      cell.append(...editor.nodes, results);
      show(false);
      if (status) status.textContent = "";
      if (focus) editor.focus();
    } catch (error) {
      if (status) status.textContent = `The editor could not be loaded: ${String(error)}`;
    }
  }
}

/** How the editor of each cell that has been folded out is opened. */
const opened = new WeakMap<HTMLDetailsElement, (focus: boolean) => Promise<void>>();

/** Puts an editor in the place of a cell's code, as a press on its button does; the focus stays where it is. */
export async function editCell(details: HTMLDetailsElement): Promise<void> {
  offer(details);
  await opened.get(details)?.(false);
}

/** The code of a cell, as its page has it. */
function textOf(details: Element): string {
  return details.querySelector("pre")?.textContent?.replace(/\n$/, "") ?? "";
}
