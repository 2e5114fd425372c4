type Attributes = Record<string, string | number>;

/** Creates an SVG element. All styles are attributes instead of classes, because a saved picture has no style sheet. */
export function svg(name: string, attributes: Attributes = {}, ...children: (SVGElement | string)[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }

  element.append(...children);
  return element;
}

export const fontFamily = "'Inter Variable', Inter, system-ui, 'Segoe UI', Roboto, sans-serif";
