import {runLoader} from "../../data-loaders/run.js";

await runLoader("raw.zip");
