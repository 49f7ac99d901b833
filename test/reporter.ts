import type {Reporter, TestModule} from "vitest/node";

/** Ends a run with one plain line that a machine can read: `N passed, N failed`. */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.ok() && test.result().state === "passed").length;
    // A file that could not be loaded has no tests to fail; it counts as one.
    const unloaded = modules.filter((module) => module.state() === "failed" && module.errors().length > 0).length;
    const failed = tests.filter((test) => test.result().state === "failed").length + unloaded + errors.length;
    console.log(`\n${passed} passed, ${failed} failed`);
  }
}
