import { type Box, css, type Limit } from "./model";
import type { Heights } from "./scale";
import { fontFamily, svg } from "./svg";
import { widthOf } from "./text";

const wordSize = 11;
/** The height that a word takes. */
const linePixels = 13;
const aboveLine = 4;
const fromEdge = 6;
const between = 10;

/** A limit in the plot, in pixels. */
export interface LimitPlace {
  limit: Limit;
  y: number;
  /** Where its word begins; undefined if no room is left for it. */
  x: number | undefined;
}

/** Level lines with their words, dotted: values are drawn through, and never look like it. */
export const limitLines = (limits: Limit[], heights: Heights, box: Box): SVGElement[] => limitPlaces(limits, heights, box).flatMap((place) => limitLine(place, box));

/** The places of limits and of their words: those of lines that lie close to each other stand side by side, critical ones first. */
export function limitPlaces(limits: Limit[], heights: Heights, box: Box): LimitPlace[] {
  const words: { left: number; right: number; y: number }[] = [];
  return [...limits].sort((a, b) => Number(b.isCritical) - Number(a.isCritical)).map((limit) => {
    const [y, width] = [heights(limit.value, 0), widthOf(limit.word, wordSize, 400)];
    const near = words.filter((word) => Math.abs(word.y - y) < linePixels).sort((a, b) => a.left - b.left);
    const left = near.reduce((x, word) => (x + width + between <= word.left ? x : Math.max(x, word.right + between)), box.left + fromEdge);
    if (left + width > box.left + box.width) {
      return { limit, y, x: undefined };
    }

    words.push({ left, right: left + width, y });
    return { limit, y, x: left };
  });
}

function limitLine({ limit, y, x }: LimitPlace, box: Box): SVGElement[] {
  const colour = css(limit.isCritical ? "--alarm" : "--warn");
  const line = svg(
    "line",
    { x1: box.left, x2: box.left + box.width, y1: y, y2: y, stroke: colour, "stroke-width": 1.5, "stroke-dasharray": "2 4" },
    svg("title", {}, limit.word),
  );
  line.setAttribute("data-limit", String(limit.value));
  return x === undefined
    ? [line]
    : [line, svg("text", { "data-limit-word": String(limit.value), x, y: y - aboveLine, fill: colour, "font-size": wordSize, "font-family": fontFamily }, limit.word)];
}
