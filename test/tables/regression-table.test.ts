import {expect, test} from "vitest";
import {directedLabel, readRegression} from "../../src/tables/regression-table.js";
import {entries, published} from "./published.js";

const {predictors} = readRegression(published, entries, 28);
const labelOf = (term: string) => {
  const predictor = predictors.find((p) => p.term === term);
  if (!predictor) throw new Error(`table 28 has no ${term}`);
  return directedLabel(predictor);
};

test("names say which answer counts as 1, so that a positive coefficient is not read the wrong way round", () => {
  expect(labelOf("reduced_service")).toEqual({
    no: "Redusert service til brukerne: nei eller usikker",
    en: "Reduced service to users: no or not sure"
  });
  // Of changes, too, the notes code those 1 who see few.
  expect(labelOf("frequent_changes").en).toMatch(/: to a small extent or not at all$/);
  expect(labelOf("enough_training").en).toMatch(/: to some or a great extent$/);
  expect(labelOf("role").no).toMatch(/: veileder$/);
});

test("questions of more steps, indices and those without a note keep their names", () => {
  for (const term of ["gender", "position", "follow_up_need", "index_users", "office_size"]) {
    expect(labelOf(term)).toEqual(predictors.find((p) => p.term === term)?.label);
  }
});
