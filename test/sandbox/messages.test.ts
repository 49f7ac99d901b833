import {describe, expect, test} from "vitest";
import {limits} from "../../src/sandbox/limits.js";
import {readFromWorker} from "../../src/sandbox/messages.js";

/** Whatever a worker says, the page sees strings and numbers in known places, within the limits. */
describe("what a worker says", () => {
  const read = (message: unknown) => readFromWorker(JSON.stringify(message));

  test.each(["", "no JSON", "7", "null", "[]", '{"type":"toString"}', '{"type":{}}'])("%j is nothing", (message) => {
    expect(readFromWorker(message)).toBeNull();
  });

  test("what is too long is not read at all", () => {
    expect(readFromWorker(JSON.stringify({type: "line", text: "x".repeat(limits.messageLength)}))).toBeNull();
  });

  test("a table's cells are strings, and no more than fit", () => {
    const rows = [[1, "a", {toString: 3}, "too many"], "no row", ...Array.from({length: 1_000}, () => ["x"])];
    const said = read({type: "done", outputs: [{kind: "table", columns: ["p", 2, "r"], rows}], problem: null});
    const output = said?.type === "done" ? said.outputs[0] : null;
    if (output?.kind !== "table") throw new Error("no table");
    expect(output.columns).toEqual(["p", "", "r"]);
    expect(output.rows.slice(0, 2)).toEqual([["", "a", ""], []]);
    expect(output.rows).toHaveLength(limits.rows);
  });

  test("outputs of no known kind are left out, others cut", () => {
    const said = read({
      type: "done",
      outputs: [null, {kind: "script"}, {kind: "text", text: "x".repeat(1e6)}, {kind: "markup", markup: 7}],
      problem: {message: 5, line: -1, column: 1.5}
    });
    if (said?.type !== "done") throw new Error("not done");
    expect(said.outputs.map((output) => output.kind)).toEqual(["text", "markup"]);
    expect(said.outputs[0]).toHaveProperty("text.length", limits.textLength + 100);
    expect(said.problem).toEqual({message: "", line: null, column: null});
  });
});
