/**
 * A drawing of this page as the text of an SVG file that looks the same anywhere: colours and fonts, which the page
 * gives by variables and inheritance, are written into it.
 */
export function svgText(drawing: SVGSVGElement, title: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((node, i) => {
    const style = getComputedStyle(node);
    for (const name of ["fill", "stroke", "color"]) {
      const given = node.getAttribute(name) ?? node.style.getPropertyValue(name);
      if (/var\(|currentcolor/i.test(given)) {
        copies[i]?.setAttribute(name, style.getPropertyValue(name));
        copies[i]?.style.removeProperty(name);
      }
    }
    if (i > 0 && style.fontFamily && node.hasAttribute("font-family"))
      copies[i]?.setAttribute("font-family", style.fontFamily);
  });
  const own = getComputedStyle(drawing);
  copy.setAttribute("font-family", own.fontFamily);
  copy.setAttribute("fill", own.fill === "none" ? "none" : own.color);
  copy.setAttribute("color", own.color);
  copy.style.background = getComputedStyle(document.body).backgroundColor;
  copy.style.fontFamily = own.fontFamily;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const label = document.createElementNS("http://www.w3.org/2000/svg", "title");
  label.textContent = title;
  copy.prepend(label);
  return new XMLSerializer().serializeToString(copy);
}
