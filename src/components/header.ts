import {startLanguageSwitch} from "./language.js";

/** What stands on every page beside its text comes to life here; the page's head names this module. */
startLanguageSwitch();
