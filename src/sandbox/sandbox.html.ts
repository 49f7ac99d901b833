// The document in which foreign code runs; scripts/sandbox.ts says what is in it.
import {root} from "../../scripts/paths.js";
import {sandboxDocument} from "../../scripts/sandbox.js";

process.stdout.write(await sandboxDocument(root));
