// The document in which foreign code runs; scripts/build/sandbox.ts says what is in it.

import {sandboxDocument} from "../../scripts/build/sandbox.js";
import {root} from "../../scripts/paths.js";

process.stdout.write(await sandboxDocument(root));
