import {writePublished} from "../../data-loaders/published.js";
import {readRawFolder} from "../../data-loaders/raw.js";
import {readReport} from "../../data-loaders/report.js";
import {runLoader} from "../../data-loaders/run.js";

await runLoader("published.arrow", () => {
  const files = readRawFolder();
  return writePublished(readReport(files), files);
});
