import {defineConfig} from "vitest/config";

const shared = {
  // Tests wait for what is to come, however long a busy machine takes; a limit is for what never comes.
  testTimeout: 600_000,
  hookTimeout: 600_000
};

export default defineConfig({
  // What notebooks import is Framework’s; tests that run their cells give them their own.
  resolve: {alias: {"observablehq:stdlib": new URL("./test/notebooks/stdlib.ts", import.meta.url).pathname}},
  test: {
    maxWorkers: 2,
    reporters: ["default", "./test/reporter.ts"],
    projects: [
      {extends: true, test: {...shared, name: "code", include: ["test/**/*.test.ts"], exclude: ["test/site/**"]}},
      // The site is built once, and all tests of the built site look at that one.
      {
        extends: true,
        test: {...shared, name: "site", include: ["test/site/**/*.test.ts"], globalSetup: "test/site/setup.ts"}
      }
    ]
  }
});
