import {readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {root} from "../../scripts/paths.js";
import {agreementColours, agreementText, faint, ink} from "../../src/figures/style.js";
import {agencyColours, officeSizeColours} from "../../src/report/colours.js";

type Rgb = readonly number[];

const style = readFileSync(join(root, "src/style.css"), "utf8");
const themes = {
  light: {page: "#ffffff", variables: variables(style)},
  // What the dark theme says comes after and wins.
  dark: {page: "#161616", variables: variables(style.slice(style.lastIndexOf("--aetat:")))}
};
const scales = {agencyColours, officeSizeColours, agreement: fiveSteps(agreementColours)};

describe.each(Object.entries(themes))("colours on a %s page", (_, {page, variables}) => {
  const resolve = (colour: string) => variables.get(colour.replace(/^var\((.*)\)$/, "$1")) ?? colour;

  test.each(Object.entries({...scales, others: {ink, faint}}))("%s stand out from the page by 3:1", (_, colours) => {
    for (const [name, colour] of Object.entries(colours)) {
      expect(contrast(resolve(colour), page), `${name} ${resolve(colour)}`).toBeGreaterThanOrEqual(3);
    }
  });

  test("text on a segment can be read: 4.5:1", () => {
    for (const [code, colour] of Object.entries(agreementColours)) {
      expect(contrast(resolve(colour), resolve(agreementText[code] ?? "")), code).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(Object.entries(scales))("%s differ for every kind of colour vision", (name, colours) => {
    const all = Object.values(colours).map(resolve);
    // An ordered scale needs less distance: its place on the page says the step, too.
    const least = name === "agencyColours" ? 0.1 : 0.08;
    for (const [vision, matrix] of Object.entries(visions)) {
      const seen = all.map((colour) => oklab(multiply(matrix, linear(colour))));
      seen.forEach((a, i) => {
        seen.slice(i + 1).forEach((b, j) => {
          const distance = Math.hypot(...a.map((v, k) => v - (b[k] ?? 0)));
          expect(distance, `${vision}: ${all[i]} and ${all[i + 1 + j]}`).toBeGreaterThanOrEqual(least);
        });
      });
    }
  });
});

/** The steps of a five-step scale; four-step scales use the same colours. */
function fiveSteps(colours: Readonly<Record<string, string>>): Record<string, string> {
  const steps = ["disagree", "partly_disagree", "neither", "partly_agree", "agree"];
  return Object.fromEntries(steps.map((step) => [step, colours[step] ?? ""]));
}

/** The custom properties of a style sheet that hold a colour, the first of each name. */
function variables(css: string): Map<string, string> {
  const found = [...css.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(
    ([, name = "", value = ""]) => [name, value] as const
  );
  return new Map(found.reverse());
}

function linear(hex: string): Rgb {
  return [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

/** Contrast of two colours as WCAG 2.1 defines it. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r = 0, g = 0, blue = 0] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** What a dichromat sees, in linear RGB: Machado, Oliveira and Fernandes (2009), severity 1. */
const visions: Record<string, readonly Rgb[]> = {
  trichromat: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritanope: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ]
};

function multiply(matrix: readonly Rgb[], colour: Rgb): Rgb {
  return matrix
    .map((row) => row.reduce((sum, x, i) => sum + x * (colour[i] ?? 0), 0))
    .map((x) => Math.min(1, Math.max(0, x)));
}

/** Björn Ottosson's OKLab, in which equal distances look about equally different. */
function oklab([r = 0, g = 0, b = 0]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  ];
}
