type Attributes = Record<string, string | number>;

/** An element of SVG. Everything stands in attributes, not classes: a picture that is taken away has no style sheet. */
export function svg(name: string, attributes: Attributes = {}, ...children: (SVGElement | string)[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }

  element.append(...children);
  return element;
}

export const fontFamily = "'Inter Variable', Inter, system-ui, 'Segoe UI', Roboto, sans-serif";
