import {observable} from "../framework.js";
import {followByPath} from "./watch.js";

/** Framework's preview, following files by their paths. */
followByPath("src");
await import(observable);
