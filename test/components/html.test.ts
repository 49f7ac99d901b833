import {expect, test} from "vitest";
import {html} from "../../src/components/html.js";

test("text is escaped wherever it stands, HTML is kept, lists are joined and null leaves nothing", () => {
  const hostile = `<img src=x onerror="alert(1)"> & 'so on'`;
  const escaped = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;so on&#39;";
  expect(html`<p title="${hostile}">${hostile}${null}${["<", 1, html`<b>${"<"}</b>`]}</p>`.text).toBe(
    `<p title="${escaped}">${escaped}&lt;1<b>&lt;</b></p>`
  );
});
