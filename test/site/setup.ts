import {join} from "node:path";
import type {TestProject} from "vitest/node";
import {copyProject, runScript} from "./workspace.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the site that was built for this run. */
    readonly dist: string;
  }
}

/** Builds the site from a copy of the project, once for all tests that look at a built site. */
export default async function setup(project: TestProject): Promise<() => void> {
  const copy = copyProject();
  const {code, output} = await runScript(copy.folder, "build");
  if (code !== 0) {
    copy.remove();
    throw new Error(`the site cannot be built:\n${output}`);
  }
  project.provide("dist", join(copy.folder, "dist"));
  return copy.remove;
}
