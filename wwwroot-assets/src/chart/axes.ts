import { fixed } from "../numbers";
import { edgesOf, narrowPixels } from "./edges";
import type { Drawn } from "./model";
import { type Scale, scaleOf } from "./scale";

/** An axis of a comparison: the scale of all series of a unit. */
export interface Axis {
  scale: Scale;
  /** The series that it belongs to. */
  series: number[];
  /** From the lowest to the highest. */
  labels: string[];
}

/** Where the labels of an axis stand. */
export interface AxisPlace {
  isLeft: boolean;
  /** How far from the plot, in pixels. */
  away: number;
  /** Which of several lines at the same height, the highest first. */
  line: number;
  /** How many lines there are. */
  lines: number;
}

/** The room beside the plot and the places of the axes in it, in pixels. */
export interface AxisRoom {
  left: number;
  right: number;
  places: AxisPlace[];
}

/** Axes share their lines across the plot, so all have the same number of steps: the one of these that leaves the least room empty. */
const stepCounts = [4, 5];
/** Between the plot and the labels: at the right is the room for the numbers of lines. */
const besideLeft = 8;
const besideRight = 26;
const between = 12;
/** The share of the width that axes may take beside each other. */
const mostShare = 0.3;

/** The axes of what is drawn, in the order of their first series. */
export function axesOf(drawn: Drawn[]): Axis[] {
  const lines = drawn.map((one, index) => ({ one, index })).filter(({ one }) => one.options.kind !== "binary" && one.points.length > 0);
  const numbers = [...new Set(lines.map(({ one }) => one.options.axis))];
  const groups = numbers.map((number) => lines.filter(({ one }) => one.options.axis === number));
  const scales = scalesOf(groups.map((mine) => mine.map(({ one }) => one)));
  return groups.map((mine, i) => {
    const scale = scales[i] as Scale;
    return { scale, series: mine.map(({ index }) => index), labels: labelsOf(scale, mine[0]?.one) };
  });
}

function scalesOf(groups: Drawn[][]): Scale[] {
  const [few = [], many = []] = stepCounts.map((count) => groups.map((group) => scaleOf(group, [count])));
  const ratio = few.reduce((product, scale, i) => product * (heightOf(scale) / heightOf(many[i] as Scale)), 1);
  return ratio <= 1 ? few : many;
}

const heightOf = ({ min, max }: Scale): number => max - min;

function labelsOf({ min, max, tickAmount }: Scale, drawn: Drawn | undefined): string[] {
  const { decimals = 0, unit = "" } = drawn?.options ?? {};
  return Array.from({ length: tickAmount + 1 }, (_, i) => `${fixed(min + (i * (max - min)) / tickAmount, decimals)} ${unit}`.trim());
}

/** The first axis is at the left, the second at the right, and so on, beside each other; below each other if they would take too much of the width. */
export function roomFor(widths: number[], width: number): AxisRoom {
  const sides = [widths.filter((_, i) => i % 2 === 0), widths.filter((_, i) => i % 2 === 1)] as const;
  const isBeside = width >= narrowPixels && widths.reduce((sum, w) => sum + w + between, 0) <= mostShare * width;
  const edge = edgesOf(width);
  const room = (side: readonly number[], beside: number): number =>
    side.length === 0 ? beside : beside + (isBeside ? side.reduce((sum, w) => sum + w, 0) + (side.length - 1) * between : Math.max(...side));
  return {
    left: Math.max(edge.left, room(sides[0], besideLeft)),
    right: Math.max(edge.right, room(sides[1], besideRight) + (sides[1].length > 0 ? 4 : 0)),
    places: widths.map((_, i) => {
      const [isLeft, own] = [i % 2 === 0, Math.floor(i / 2)];
      const side = isLeft ? sides[0] : sides[1];
      const away = side.slice(0, own).reduce((sum, w) => sum + w + between, isLeft ? besideLeft : besideRight);
      return isBeside ? { isLeft, away, line: 0, lines: 1 } : { isLeft, away: isLeft ? besideLeft : besideRight, line: own, lines: side.length };
    }),
  };
}

/** The same heights, moved as little as it takes for each to have its distance from the next, within the limits. */
export function spread(heights: number[], distance: number, low: number, high: number): number[] {
  const order = heights.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let least = low;
  for (const one of order) {
    one.y = Math.max(one.y, least);
    least = one.y + distance;
  }

  let most = high;
  for (const one of [...order].reverse()) {
    one.y = Math.min(one.y, most);
    most = one.y - distance;
  }

  return order.sort((a, b) => a.i - b.i).map(({ y }) => y);
}
