import {scaleOf} from "../tables/scale.js";
import {agreementColours, agreementText} from "./style.js";

/** How a segment of a bar is filled, and the colour of text that stands on it. */
export interface SegmentColour {
  readonly fill: string;
  readonly text: string;
}

/** The colours that some categories have on every page, by their codes, and that of text on all of them, if any. */
export interface CategoryColours {
  readonly colours: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The scale of agreement, of more than two steps, that some codes belong to, from disagreement to agreement, or null. */
export function agreementScale(codes: readonly string[]): readonly string[] | null {
  const scale = scaleOf(codes);
  return scale && scale.length > 2 ? scale : null;
}

/** Where on a scale a group of its answers stands, in the mean: 0 is its first step. */
export function placeOn(scale: readonly string[], group: readonly string[]): number {
  return group.reduce((sum, code) => sum + scale.indexOf(code), 0) / Math.max(1, group.length);
}

/**
 * The colours of groups of a variable's categories: those that the categories have on every page. A group of several
 * takes the colour of the step of the scale in its middle, moved on where a neighbour has it. Null where the categories
 * have no colours: they are then told apart by place, not by colour.
 */
export function groupColours(
  groups: readonly (readonly string[])[],
  others: readonly CategoryColours[] = []
): SegmentColour[] | null {
  const scale = agreementScale(groups.flat());
  if (scale) {
    const used = new Set<number>();
    return groups.map((group) => {
      const place = placeOn(scale, group);
      const by = [...scale.keys()].sort((a, b) => Math.abs(a - place) - Math.abs(b - place));
      const step = by.find((other) => !used.has(other)) ?? 0;
      used.add(step);
      const code = scale[step] ?? "";
      return {fill: agreementColours[code] ?? "currentColor", text: agreementText[code] ?? "currentColor"};
    });
  }
  const codes = groups.map((group) => (group.length === 1 ? (group[0] ?? "") : ""));
  const own = others.find(({colours}) => codes.every((code) => Object.hasOwn(colours, code)));
  return own ? codes.map((code) => ({fill: own.colours[code] ?? "", text: own.text})) : null;
}
