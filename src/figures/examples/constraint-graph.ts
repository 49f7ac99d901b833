import {constraintGraph} from "../constraint-graph.js";

/** Three variables in a row and one that no table ties to them, which is left out. */
export function constraintGraphOfThree(width = 640): Element {
  const variable = (name: string) => ({variable: name, label: name});
  return constraintGraph(
    [variable("gender"), variable("role"), variable("background"), variable("alone")],
    [
      {source: "gender", target: "role", tables: [3]},
      {source: "role", target: "background", tables: [4, 5]}
    ],
    {width}
  ).node;
}
