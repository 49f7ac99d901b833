import {writeClaims} from "../../data-loaders/claims.js";
import {readRawFolder} from "../../data-loaders/raw.js";
import {readReport} from "../../data-loaders/report.js";
import {runLoader} from "../../data-loaders/run.js";

await runLoader("claims.arrow", () => {
  const files = readRawFolder();
  return writeClaims(readReport(files), files);
});
