import {parseArgs} from "node:util";
import {runLoader} from "../../data-loaders/make/run.js";

const {file} = parseArgs({options: {file: {type: "string"}}}).values;
await runLoader(`${file}.csv`);
