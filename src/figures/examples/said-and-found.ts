import {table} from "arquero";
import {saidAndFound} from "../said-and-found.js";
import {codes as label} from "./labels.js";

/** A share that is less than was said, and one that is more. */
export function saidMoreAndLess(width = 640): Element {
  const shares = table({
    label: ["Staff with specially adapted help", "Staff of before from the state"],
    said: [0.5, 0.2],
    words: ["“most”", "“a fifth”"],
    found: [0.418, 0.495]
  });
  return saidAndFound(shares, {label, width}).node;
}
