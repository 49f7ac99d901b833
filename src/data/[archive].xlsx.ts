import {parseArgs} from "node:util";
import {runLoader} from "../../data-loaders/make/run.js";

const {archive} = parseArgs({options: {archive: {type: "string"}}}).values;
await runLoader(`${archive}.xlsx`);
