import "../../data-loaders/make/load.js";
