import {backgroundBySize} from "../../report/figures/background-by-size.js";

/** One background in offices of two sizes. */
export function backgroundBySizeOnePanel(width = 640): Element {
  const row = (size: string, sizeLabel: string, share: number) => ({
    code: "aetat",
    label: "Aetat",
    size,
    sizeLabel,
    share,
    lower: share - 0.05,
    upper: share + 0.05
  });
  return backgroundBySize([row("small", "Small", 0.19), row("large", "Large", 0.26)], new Map([["aetat", 0.24]]), {
    width
  });
}
