// The document in which drawings of foreign code are shown; data-loaders/publish/sandbox.ts says what is in it.

import {drawingDocument} from "../../data-loaders/publish/sandbox.js";

process.stdout.write(await drawingDocument());
