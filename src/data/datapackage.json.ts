import {runLoader} from "../../data-loaders/run.js";

await runLoader("datapackage.json");
