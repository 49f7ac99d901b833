import {writeReportJson} from "../../data-loaders/entries.js";
import {readRawFolder} from "../../data-loaders/raw.js";
import {readReport} from "../../data-loaders/report.js";
import {runLoader} from "../../data-loaders/run.js";

await runLoader("report.json", () => writeReportJson(readReport(readRawFolder())));
