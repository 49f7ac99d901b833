import {runLoader} from "../../data-loaders/run.js";

await runLoader("codebook.json");
