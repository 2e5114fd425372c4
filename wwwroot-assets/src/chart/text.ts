import { fontFamily } from "./svg";

const context = document.createElement("canvas").getContext("2d");

/** The width of a text in the page's font, in pixels. */
export function widthOf(text: string, size: number, weight: number): number {
  if (!context) {
    return text.length * size * 0.6;
  }

  context.font = `${weight} ${size}px ${fontFamily}`;
  return context.measureText(text).width;
}

/** A text in lines that fit a width, broken between words. */
export function wrapped(text: string, width: number, size: number, weight: number, measure = widthOf): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && measure(longer, size, weight) <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }

  return lines;
}
