import {readRawFolder} from "../../data-loaders/raw.js";
import {readReport} from "../../data-loaders/report.js";
import {writeRespondents} from "../../data-loaders/respondents.js";
import {runLoader} from "../../data-loaders/run.js";

await runLoader("respondents.arrow", () => {
  const files = readRawFolder();
  return writeRespondents(readReport(files), "2010", files);
});
