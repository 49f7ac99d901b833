import {runLoader} from "../../data-loaders/run.js";

await runLoader("nav-offices-2010.zip");
