import {linesOf, svgElement, withAttributes} from "../figures/drawing.js";

const margin = 20;

/**
 * The drawing of a figure as the text of an SVG file that can be printed as it is: on white, in the colours of the light
 * theme whatever the page's own, with its title above and the other texts below.
 */
export function svgFile(place: HTMLElement, [title, ...below]: readonly [string, ...string[]]): string {
  const drawings = [...place.querySelectorAll("svg")].filter((svg) => !svg.parentElement?.closest("svg"));
  const values = lightValues();
  const font = values.get("--sans-serif") ?? "sans-serif";
  const width = Math.max(420, ...drawings.map((svg) => sizeOf(svg)[0]));
  const root = svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    "font-family": font,
    fill: values.get("--theme-foreground") ?? "#1b1e23"
  });
  const context = document.createElement("canvas").getContext("2d");
  const write = (text: string, y: number, size: number, weight: number) => {
    if (context) context.font = `${weight} ${size}px ${font}`;
    const lines = linesOf(text, (line) => (context?.measureText(line).width ?? 7 * line.length) > width);
    lines.forEach((line, i) => {
      const place = {x: margin, y: y + size + i * size * 1.35, "font-size": size, "font-weight": weight};
      root.append(svgElement("text", place, line));
    });
    return y + lines.length * size * 1.35;
  };
  let y = write(title, margin, 17, 700) + 12;
  for (const svg of drawings) {
    const [own, height] = sizeOf(svg);
    const copy = svg.cloneNode(true) as SVGSVGElement;
    for (const style of copy.querySelectorAll("style")) style.remove();
    for (const node of [copy, ...copy.querySelectorAll<SVGElement>("*")]) resolve(node, values);
    for (const name of ["height", "max-width"]) copy.style.removeProperty(name);
    root.append(withAttributes(copy, {x: margin, y, width: own, height, overflow: "visible"}));
    y += height + 8;
  }
  for (const text of below) y = write(text, y, 12, 400) + 3;
  const size = {width: width + 2 * margin, height: Math.ceil(y + margin)};
  withAttributes(root, {...size, viewBox: `0 0 ${size.width} ${size.height}`});
  root.prepend(svgElement("title", {}, title), svgElement("rect", {...size, fill: "#ffffff"}));
  return new XMLSerializer().serializeToString(root);
}

/** An SVG file as a PNG of twice its size, fit for print. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], {type: "image/svg+xml"}));
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("the browser makes no PNG");
  return blob;
}

/** Saves something under a name, as a press on a link to it would. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], {type}));
  link.download = name;
  link.click();
  // The file is read after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The style sheets' variables as the light theme has them. */
function lightValues(): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const read = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if (rule instanceof CSSImportRule && rule.styleSheet && !/dark|print/.test(rule.media.mediaText))
        read(rule.styleSheet.cssRules);
      if (rule instanceof CSSMediaRule && !/dark|print/.test(rule.conditionText)) read(rule.cssRules);
      if (!(rule instanceof CSSStyleRule) || !rule.selectorText.split(/,\s*/).includes(":root")) continue;
      for (const name of rule.style)
        if (name.startsWith("--")) values.set(name, rule.style.getPropertyValue(name).trim());
    }
  };
  for (const sheet of document.styleSheets) if (!/dark|print/.test(sheet.media.mediaText)) read(sheet.cssRules);
  return values;
}

/** Writes the values of variables into an element, which then needs no style sheet. */
function resolve(node: SVGElement, values: ReadonlyMap<string, string>): void {
  for (const {name, value} of [...node.attributes]) {
    if (!/var\(|currentcolor/i.test(value)) continue;
    let text = value.replaceAll(/currentcolor/gi, "var(--theme-foreground)");
    // A variable may be made of others.
    for (let depth = 0; depth < 5 && text.includes("var("); depth++) {
      text = text.replaceAll(/var\((--[\w-]+)(?:,[^()]*)?\)/g, (_, variable: string) => values.get(variable) ?? "");
    }
    node.setAttribute(name, text.startsWith("color-mix(") ? plainColour(text) : text);
  }
}

/** A mixed colour as programs other than browsers read it. */
function plainColour(colour: string): string {
  const context = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
  if (!context) return "#555555";
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${r},${g},${b})`;
}

function sizeOf(svg: SVGSVGElement): [width: number, height: number] {
  const [, , width = 640, height = 400] = (svg.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  return [width, height];
}
