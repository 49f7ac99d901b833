import type {CategoryColours} from "../figures/crosstab-colours.js";

/** Where people worked before: the same colour on every page; see src/figures/style.ts. */
export const agencyColours: Readonly<Record<string, string>> = {
  aetat: "var(--aetat)",
  trygdeetaten: "var(--trygdeetaten)",
  municipality: "var(--municipality)",
  hired_later: "var(--hired-later)"
};

/** The size of an office: one hue, from small to very large. */
export const officeSizeColours: Readonly<Record<string, string>> = {
  small: "var(--size-1)",
  medium: "var(--size-2)",
  large: "var(--size-3)",
  very_large: "var(--size-4)"
};

/** All of them, as the explorer takes them; of the sizes text stands on none. */
export const categoryColours: readonly CategoryColours[] = [
  {colours: agencyColours, text: "#fff"},
  {colours: officeSizeColours, text: "none"}
];
