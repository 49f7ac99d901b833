import type {Labels} from "../drawing.js";

/** Labels for examples: the codes themselves, as words. */
export const codes: Labels = Object.assign(
  (variable: string, code?: string | null) => {
    const text = (code === undefined ? variable : (code ?? "missing")).replaceAll("_", " ");
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  },
  {language: "en"}
);
