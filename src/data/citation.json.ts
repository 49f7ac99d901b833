import {runLoader} from "../../data-loaders/run.js";

await runLoader("citation.json");
