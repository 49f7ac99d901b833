import {runLoader} from "../../data-loaders/run.js";

await runLoader("respondents-2008.arrow");
