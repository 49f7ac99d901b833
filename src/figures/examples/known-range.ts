import {knownRange} from "../known-range.js";

/** One share that is known and one of which only a limit is. */
export function sharesKnownInPart(width = 640): Element {
  return knownRange(
    [
      {label: "Helping the staff become good at their work", lower: 0.825, upper: 0.825},
      {label: "Organising the office better", lower: 0, upper: 0.825}
    ],
    {width}
  );
}
