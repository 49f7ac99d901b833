import {element, html, part} from "./html.js";

/**
 * A field to choose one of several things with, whose choice stands in the address under a name, so that it can be sent
 * on. Made for Framework’s `view`, which shows it and follows its value.
 */
export function choice(
  name: string,
  title: string,
  values: readonly string[],
  first: string,
  label: (value: string) => string
): HTMLElement & {value: string} {
  const asked = new URLSearchParams(globalThis.location?.search).get(name);
  const start = asked !== null && values.includes(asked) ? asked : first;
  const node = element(
    html`<label class="control">${title} <select name="${name}" style="max-width: 100%">${values.map(
      (value) => html`<option value="${value}"${value === start ? html` selected` : null}>${label(value)}</option>`
    )}</select></label>`
  );
  const select = part<HTMLSelectElement>(node, "select");
  select.addEventListener("change", () => {
    const address = new URL(location.href);
    address.searchParams.set(name, select.value);
    history.replaceState(history.state, "", address);
  });
  return Object.defineProperty(node, "value", {get: () => select.value}) as HTMLElement & {value: string};
}
