import {defineConfig} from "vitest/config";

const shared = {
  // Sites are built and browsers started in some tests; on a busy machine that takes a while.
  testTimeout: 60_000,
  hookTimeout: 120_000
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ["default", "./test/reporter.ts"],
    projects: [
      {test: {...shared, name: "code", include: ["test/**/*.test.ts"], exclude: ["test/site/**"]}},
      // The site is built once, and all tests of the built site look at that one.
      {
        test: {...shared, name: "site", include: ["test/site/**/*.test.ts"], globalSetup: "test/site/setup.ts"}
      }
    ]
  }
});
