import {writeAccount} from "../../data-loaders/bounds.js";
import {readRawFolder} from "../../data-loaders/raw.js";
import {readReport} from "../../data-loaders/report.js";
import {runLoader} from "../../data-loaders/run.js";

await runLoader("reconstruction.json", () => writeAccount(readReport(readRawFolder()), "2010"));
