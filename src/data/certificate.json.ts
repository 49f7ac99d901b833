import {runLoader} from "../../data-loaders/make/run.js";

await runLoader("certificate.json");
