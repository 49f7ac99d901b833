import {saidAndFound} from "../said-and-found.js";

/** A share that is less than was said, and one that is more. */
export function saidMoreAndLess(width = 640): Element {
  return saidAndFound(
    [
      {label: "Staff with specially adapted help", said: 0.5, words: "“most”", found: 0.418},
      {label: "Staff of 2008 from the state", said: 0.2, words: "“a fifth”", found: 0.495}
    ],
    {width}
  );
}
