// The document in which foreign code runs; scripts/build/sandbox.ts says what is in it.
import {root} from "../../scripts/paths.js";
import {sandboxDocument} from "../../scripts/build/sandbox.js";

process.stdout.write(await sandboxDocument(root));
