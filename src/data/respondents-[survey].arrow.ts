import {parseArgs} from "node:util";
import {runLoader} from "../../data-loaders/make/run.js";

const {survey} = parseArgs({options: {survey: {type: "string"}}}).values;
await runLoader(`respondents-${survey}.arrow`);
