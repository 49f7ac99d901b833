import {agencyColours, officeSizeColours} from "../report/colours.js";
import {agreementColours, agreementText} from "./style.js";

/** How a segment of a bar is filled, and the colour of text that stands on it. */
export interface SegmentColour {
  readonly fill: string;
  readonly text: string;
}

const agreementSteps: readonly (readonly string[])[] = [
  ["disagree", "partly_disagree", "neither", "partly_agree", "agree"],
  ["not_at_all", "little_extent", "some_extent", "great_extent"]
];

/** The scale of agreement that some codes belong to, from disagreement to agreement, or null. */
export function agreementScale(codes: readonly string[]): readonly string[] | null {
  return agreementSteps.find((scale) => codes.every((code) => scale.includes(code))) ?? null;
}

/**
 * The colours of groups of a variable's categories: those that the categories have on every page. A group of several
 * takes the colour of the step of the scale in its middle, moved on where a neighbour has it. Null where the categories
 * have no colours: they are then told apart by place, not by colour.
 */
export function groupColours(groups: readonly (readonly string[])[]): SegmentColour[] | null {
  const codes = groups.flat();
  const scale = agreementScale(codes);
  if (scale) {
    const places = groups.map((group) => group.reduce((sum, code) => sum + scale.indexOf(code), 0) / group.length);
    const used = new Set<number>();
    const steps = places.map((place) => {
      const by = [...scale.keys()].sort((a, b) => Math.abs(a - place) - Math.abs(b - place));
      const step = by.find((other) => !used.has(other)) ?? 0;
      used.add(step);
      return step;
    });
    return steps.map((step) => {
      const code = scale[step] ?? "";
      return {fill: agreementColours[code] ?? "currentColor", text: agreementText[code] ?? "currentColor"};
    });
  }
  for (const [colours, text] of [
    [agencyColours, "#fff"],
    [officeSizeColours, null]
  ] as const) {
    if (groups.every((group) => group.length === 1 && colours[group[0] ?? ""] !== undefined)) {
      return groups.map((group) => ({fill: colours[group[0] ?? ""] ?? "currentColor", text: text ?? "none"}));
    }
  }
  return null;
}
