import {table} from "arquero";
import {backgroundChange} from "../../report/figures/background-change.js";
import {codes} from "./labels.js";

/** Two lines that cross and end close together, so that their labels have to move apart. */
export function backgroundChangeCrossing(width = 640): Element {
  const shares = table({
    background: ["aetat", "aetat", "hired_later", "hired_later"],
    survey: ["2008", "2010", "2008", "2010"],
    share: [0.25, 0.24, 0.17, 0.235]
  });
  return backgroundChange(shares, {label: codes, width}).node;
}
