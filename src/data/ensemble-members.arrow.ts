import {runLoader} from "../../data-loaders/run.js";

await runLoader("ensemble-members.arrow");
