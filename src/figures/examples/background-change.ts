import {backgroundChange} from "../../report/figures/background-change.js";

/** Two lines that cross and end close together, so that their labels have to move apart. */
export function backgroundChangeCrossing(width = 640): Element {
  const share = (code: string, label: string, from: number, to: number) => [
    {code, label, survey: "2008", share: from},
    {code, label, survey: "2010", share: to}
  ];
  return backgroundChange(
    [...share("aetat", "Aetat", 0.25, 0.24), ...share("hired_later", "Hired later", 0.17, 0.235)],
    {width}
  );
}
