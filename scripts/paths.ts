import {fileURLToPath} from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** Framework's command line, run with Node itself. */
export const observable = fileURLToPath(
  new URL("../node_modules/@observablehq/framework/dist/bin/observable.js", import.meta.url)
);

/** What Framework's processes need to run with no network. */
export const offline = {OBSERVABLE_TELEMETRY_DISABLE: "true"};
