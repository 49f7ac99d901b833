import * as aq from "arquero";
import {writeReportJson} from "../../data-loaders/entries.js";
import {writePublished} from "../../data-loaders/published.js";
import {readRawFolder} from "../../data-loaders/raw.js";
import {readReport} from "../../data-loaders/report.js";
import type {ReportEntries} from "../../src/analysis/labels.js";

const raw = readRawFolder();
const report = readReport(raw);

/** Every printed number, from the bytes of `published.arrow`, as a page reads them. */
export const published = aq.fromArrow(writePublished(report, raw));

/** The catalogue and the codebook, from the bytes of `report.json`. */
export const entries: ReportEntries = JSON.parse(new TextDecoder().decode(writeReportJson(report, [])));
