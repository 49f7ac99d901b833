import {element, html} from "../components/html.js";

/** A piece of a notebook’s code that readers may change and run. */
export interface EditableCell {
  /** The code, as it would stand in a cell; its last expression is what it shows. No imports: all is at hand. */
  readonly code: string;
  /** What the code computes, in a few words; names the editor to those who do not see it. */
  readonly title: string;
  /** What the page itself has made of the code, shown until it is run anew; left out beside an existing figure. */
  readonly result?: Node;
}

/**
 * A cell whose code can be changed and run in place, apart from the page (see src/sandbox).
 *
 * In scope are `aq`, `op`, `Plot`, `respondents`, `published`, `report`, every function of src/tables and src/statistics, `display` and
 * `console`; the other published files too when the code mentions them. Nothing is loaded or run until the reader asks
 * for it: the editor comes with a press on “Edit”, the sandbox with it.
 */
export function editableCell({code, title, result}: EditableCell): HTMLElement {
  const node = element(html`<section class="editable-cell" aria-label="${title}">
    <div class="result"></div>
    <div class="editor">
      <details class="code"><summary>${title}: code</summary><pre tabindex="0"><code>${code}</code></pre></details>
      <p class="buttons"><button type="button">Edit<span class="for"> ${title}</span></button> <span class="status" role="status"></span></p>
    </div>
  </section>`);
  const [results, editor, button, status] = [".result", ".editor", "button", ".status"].map((selector) =>
    node.querySelector<HTMLElement>(selector)
  );
  if (result) results?.append(result);
  button?.addEventListener("click", async () => {
    if (status) status.textContent = "The editor is being loaded …";
    try {
      const {cellEditor} = await import("./cell-editor.js");
      if (!results || !editor) return;
      const opened = cellEditor({code, title, results, original: result ? [result] : []});
      editor.replaceChildren(...opened.nodes);
      opened.focus();
    } catch (error) {
      if (status) status.textContent = `The editor could not be loaded: ${String(error)}`;
    }
  });
  return node;
}
