import { type Box, colourOf, type Drawn, type Frame } from "./model";
import type { Heights } from "./scale";
import { svg } from "./svg";

/** The share of the time between two bars that they take. */
const share = 0.85;

/**
 * What counters counted, as bars that stand on zero; those of several counters beside each other. They are not drawn by the chart library, which would
 * move the edges of the chart to make room for half a bar.
 */
export function bars(drawn: Drawn[], frame: Frame, box: Box, x: (ms: number) => number, y: Heights): SVGElement[] {
  const counters = drawn.map((one, index) => ({ one, index })).filter(({ one }) => one.options.kind === "counter");
  const whole = barWidth(counters.flatMap(({ one }) => one.points.map((p) => p.x)), frame, box);
  const width = whole / Math.max(1, counters.length);
  return counters.flatMap(({ one, index }, place) =>
    one.points.flatMap((point) => {
      const from = Math.max(box.left, x(point.x) - whole / 2 + place * width);
      const to = Math.min(box.left + box.width, x(point.x) - whole / 2 + (place + 1) * width);
      if (point.y === null || to <= box.left || from >= box.left + box.width) {
        return [];
      }

      const bar = svg("rect", { x: from, width: Math.max(0.5, to - from), y: Math.min(y(point.y, index), y(0, index)), height: Math.abs(y(0, index) - y(point.y, index)), fill: colourOf(index) });
      bar.setAttribute("data-bar", String(point.y));
      return [bar];
    }),
  );
}

/** As wide as the shortest time between two of them allows; a bar alone is a twentieth of the chart. */
function barWidth(times: number[], frame: Frame, box: Box): number {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const shortest = sorted.slice(1).reduce((least, ms, i) => Math.min(least, ms - (sorted[i] ?? ms)), (frame.max - frame.min) / 20);
  return Math.max(1, share * (shortest / (frame.max - frame.min)) * box.width);
}
