// The document in which drawings of foreign code are shown; scripts/build/sandbox.ts says what is in it.

import {drawingDocument} from "../../scripts/build/sandbox.js";
import {root} from "../../scripts/paths.js";

process.stdout.write(await drawingDocument(root));
