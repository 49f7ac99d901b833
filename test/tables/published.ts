import * as aq from "arquero";
import {writePublished} from "../../data-loaders/publish/published.js";
import {writeReportJson} from "../../data-loaders/publish/report-json.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";
import {readReport} from "../../data-loaders/read/report.js";
import type {ReportEntries} from "../../src/tables/labels.js";

const raw = readRawFolder();
const report = readReport(raw);

/** Every printed number, from the bytes of `published.arrow`, as a page reads them. */
export const published = aq.fromArrow(writePublished(report, raw));

/** The catalogue and the codebook, from the bytes of `report.json`. */
export const entries: ReportEntries = JSON.parse(new TextDecoder().decode(writeReportJson(report, [])));
