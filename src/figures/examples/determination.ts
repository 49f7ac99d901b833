import {determination} from "../determination.js";

/** A printed pair, a pair that is narrowly bounded and one that is widely. */
export function determinationOfThree(width = 640): Element {
  return determination(
    [
      {row: "Role", column: "Gender", width: null},
      {row: "Field", column: "Gender", width: 0.05},
      {row: "Field", column: "Role", width: 0.2}
    ],
    ["Gender", "Role", "Field"],
    {width}
  ).node;
}
