import {element, html, part} from "../components/html.js";
import {decodeCode} from "./code-link.js";

/** A piece of code to start from. */
export interface Example {
  readonly title: string;
  readonly code: string;
}

/**
 * The playground: an empty editor, examples to put into it, and code that comes with the address (`#code=…`), which is
 * never run before the reader presses “Run”.
 */
export function playground(examples: readonly Example[]): HTMLElement {
  const node = element(html`<section class="editable-cell playground" aria-label="Playground">
    <p class="examples">Start from an example:
      ${examples.map(({title}) => html`<button type="button" disabled>${title}</button> `)}
    </p>
    <p class="foreign" role="status" hidden></p>
    <div class="editor"><p class="status" role="status">The editor is being loaded; it needs JavaScript.</p></div>
    <div class="result"></div>
  </section>`);
  // The editor is fetched for who sees it: not while pages are drawn before they are published.
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some(({isIntersecting}) => isIntersecting)) return;
    seen.disconnect();
    open(node, examples).catch((error: unknown) => {
      part(node, ".editor").replaceChildren(`The editor could not be loaded: ${String(error)}`);
    });
  });
  seen.observe(node);
  return node;
}

async function open(node: HTMLElement, examples: readonly Example[]): Promise<void> {
  const {cellEditor} = await import("./cell-editor.js");
  const [results, foreign] = [part(node, ".result"), part(node, ".foreign")];
  const view = cellEditor({code: "", results});
  part(node, ".editor").replaceChildren(...view.nodes);
  const put = (code: string, note: string) => {
    view.setCode(code);
    results.replaceChildren();
    foreign.textContent = note;
    foreign.hidden = note === "";
  };
  node.querySelectorAll<HTMLButtonElement>(".examples button").forEach((button, i) => {
    button.disabled = false;
    button.addEventListener("click", () => {
      put(examples[i]?.code ?? "", "");
      view.focus();
      view.say("The example was put in. It has not been run.");
    });
  });
  const fromAddress = async () => {
    const [, text] = /^#code=(.*)$/.exec(location.hash) ?? [];
    if (text === undefined) return;
    await decodeCode(text).then(
      (code) =>
        put(
          code,
          "This code came with the link. It has not been run, and is not until you press Run. It runs apart from this page: it can reach neither your data nor other sites."
        ),
      () => put("", "The link carries code that cannot be read: it is cut off, too long, or nested too deep.")
    );
  };
  addEventListener("hashchange", fromAddress);
  await fromAddress();
}
