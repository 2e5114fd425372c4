import { colourOf, type Drawn, type Frame } from "./model";
import type { Heights } from "./scale";
import { svg } from "./svg";

const dotPixels = 5.5;

/**
 * Single readings between two gaps. A line has no length there, so each is drawn as a dot, or as a bar if it stands for several readings.
 * The dots are not drawn by the chart library, which cuts off dots at the edge.
 */
export function dots(drawn: Drawn[], frame: Frame, x: (ms: number) => number, y: Heights): SVGElement[] {
  return drawn.flatMap((one, index) =>
    one.options.kind === "continuous"
      ? alone(one)
          .filter(({ ms }) => ms >= frame.min && ms <= frame.max)
          .map(({ ms, low, high }) => {
            const dot = svg("line", { x1: x(ms), x2: x(ms), y1: y(low, index), y2: y(high, index) + 0.01, stroke: colourOf(index), "stroke-width": dotPixels, "stroke-linecap": "round" });
            dot.setAttribute("data-dot", String(high));
            return dot;
          })
      : [],
  );
}

function alone({ points, bands }: Drawn): { ms: number; low: number; high: number }[] {
  return points.flatMap(({ x: ms, y }, i) => {
    if (y === null || isValue(points[i - 1]) || isValue(points[i + 1])) {
      return [];
    }

    const [low, high] = bands[i]?.y ?? [y, y];
    return [{ ms, low: low ?? y, high: high ?? y }];
  });
}

const isValue = (point: { y: number | null } | undefined): boolean => point !== undefined && point.y !== null;
