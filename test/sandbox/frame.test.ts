// @vitest-environment jsdom
import {expect, test} from "vitest";
import {foreignFrame} from "../../src/sandbox/sandbox.js";

test("foreign code’s frame may run scripts and nothing else: with an origin it would be the page’s", () => {
  const {element, port} = foreignFrame("about:blank", "Foreign code", () => null);
  expect(element.getAttribute("sandbox")).toBe("allow-scripts");
  expect(element.referrerPolicy).toBe("no-referrer");
  port.close();
});
