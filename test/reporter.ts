import type {Reporter, TestModule} from "vitest/node";

/** Ends a run with what passed, how long it took and the five slowest files; the last line a machine can read. */
export default class Summary implements Reporter {
  private readonly start = performance.now();

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.ok() && test.result().state === "passed").length;
    // A file that could not be loaded has no tests to fail; it counts as one.
    const unloaded = modules.filter((module) => module.state() === "failed" && module.errors().length > 0).length;
    const failed = tests.filter((test) => test.result().state === "failed").length + unloaded + errors.length;
    const timed = modules.map((module) => ({
      name: module.relativeModuleId,
      seconds: module.diagnostic().duration / 1000
    }));
    const slowest = timed.sort((a, b) => b.seconds - a.seconds).slice(0, 5);
    console.log(
      `\nthe slowest files: ${slowest.map(({name, seconds}) => `${name} ${seconds.toFixed(1)} s`).join(", ")}`
    );
    console.log(`${modules.length} files in ${((performance.now() - this.start) / 1000).toFixed(0)} s`);
    console.log(`${passed} passed, ${failed} failed`);
  }
}
