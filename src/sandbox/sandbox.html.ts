// The document in which foreign code runs; data-loaders/publish/sandbox.ts says what is in it.

import {sandboxDocument} from "../../data-loaders/publish/sandbox.js";

process.stdout.write(await sandboxDocument());
