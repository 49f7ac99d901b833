import {designEffects} from "../design-effects.js";

/** A result that hardly holds and one that holds long. */
export function designEffectsOfTwo(width = 640): Element {
  return designEffects(
    [
      {table: 24, limit: 1.04, label: "Belief by background"},
      {table: 9, limit: 24.5, label: "Field by background"}
    ],
    {width}
  );
}
