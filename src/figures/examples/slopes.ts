import {slopes} from "../slopes.js";
import {agreementColours} from "../style.js";

const point = (line: string, survey: string, share: number, dashed = false) => ({
  line: dashed ? `${line} older` : line,
  label: dashed ? `${line}, offices of 2006–07` : line,
  survey,
  share,
  lower: share - 0.03,
  upper: share + 0.03,
  colour: agreementColours[line] ?? "currentColor",
  dashed
});

/** Three lines, two of which end close together, and a second reading of one of them. */
export function slopesOfBelief(width = 640): Element {
  return slopes(
    [
      point("agree", "2008", 0.82),
      point("agree", "2010", 0.59),
      point("agree", "2008", 0.82, true),
      point("agree", "2010", 0.58, true),
      point("neither", "2008", 0.11),
      point("neither", "2010", 0.22),
      point("disagree", "2008", 0.07),
      point("disagree", "2010", 0.2)
    ],
    {width}
  );
}
