import {crosstabBars} from "../crosstab-bars.js";
import {agreementColours, agreementText} from "../style.js";

/** A scale of agreement around its middle, with a bar that is all on one side. */
export function crosstabBarsAroundTheMiddle(width = 640): Element {
  const segment = (label: string, code: string) => ({
    label,
    colour: {fill: agreementColours[code] ?? "", text: agreementText[code] ?? ""}
  });
  return crosstabBars(
    {
      bars: [
        {label: "Management", n: 113},
        {label: "Clerical", n: 79}
      ],
      segments: [segment("Not agree", "partly_disagree"), segment("Agree", "partly_agree")],
      shares: [
        {bar: "Management", segment: "Not agree", share: 0.23},
        {bar: "Management", segment: "Agree", share: 0.77},
        {bar: "Clerical", segment: "Not agree", share: 0},
        {bar: "Clerical", segment: "Agree", share: 1}
      ],
      middle: 1
    },
    {width}
  );
}
