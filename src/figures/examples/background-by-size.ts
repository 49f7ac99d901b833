import {table} from "arquero";
import {backgroundBySize} from "../../report/figures/background-by-size.js";
import {codes} from "./labels.js";

/** One background in offices of two sizes. */
export function backgroundBySizeOnePanel(width = 640): Element {
  const shares = table({
    background: ["elsewhere", "elsewhere"],
    office_size: ["small", "large"],
    share: [0.19, 0.26],
    lower: [0.14, 0.21],
    upper: [0.24, 0.31]
  });
  return backgroundBySize(shares, table({background: ["elsewhere"], share: [0.24]}), {label: codes, width}).node;
}
