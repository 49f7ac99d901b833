import {expect, test} from "vitest";
import {placement} from "../../src/tables/placement.js";

test("mixed people may all be in a group or all outside it", () => {
  expect(placement(599, 184, 1255)).toEqual({least: 415, most: 783});
});

test("limits stay between nobody and everybody", () => {
  expect(placement(133, 184, 1255)).toEqual({least: 0, most: 317});
  expect(placement(1200, 184, 1255)).toEqual({least: 1016, most: 1255});
  expect(() => placement(20, 5, 10)).toThrow(RangeError);
  expect(() => placement(-1, 5, 10)).toThrow(RangeError);
});
