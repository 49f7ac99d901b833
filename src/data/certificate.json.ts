import {runLoader} from "../../data-loaders/run.js";

await runLoader("certificate.json");
