import {writeBounds} from "../../data-loaders/bounds.js";
import {readRawFolder} from "../../data-loaders/raw.js";
import {readReport} from "../../data-loaders/report.js";
import {runLoader} from "../../data-loaders/run.js";

await runLoader("bounds.arrow", () => {
  const files = readRawFolder();
  return writeBounds(readReport(files), "2010", files);
});
