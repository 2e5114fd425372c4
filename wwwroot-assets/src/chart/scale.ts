import type { Box, Drawn } from "./model";

export interface Scale {
  min: number;
  max: number;
  tickAmount: number;
}

/** A scale that holds everything drawn; at least ten steps of the sensor high: otherwise a steady value looks like a storm. */
export function scaleOf(drawn: Drawn[]): Scale {
  const given = drawn[0]?.options.scale;
  if (given) {
    return { min: given[0], max: given[1], tickAmount: 4 };
  }

  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const see = (y: number | null): void => {
    if (y !== null) {
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  };
  for (const one of drawn) {
    one.points.forEach((p) => see(p.y));
    one.bands.forEach((b) => b.y.forEach(see));
    if (one.options.kind === "counter" && one.points.length > 0) {
      // Bars stand on zero.
      see(0);
    }
  }

  return low > high ? { min: 0, max: 1, tickAmount: 4 } : niceScale(low, high, 10 ** -(drawn[0]?.options.decimals ?? 0));
}

/** How high a value lies in the box, in pixels. */
export function heightOf(drawn: Drawn[], box: Box): (value: number) => number {
  const { min, max } = scaleOf(drawn);
  return (value) => box.top + (1 - (value - min) / (max - min)) * box.height;
}

/** Four or five equal steps of a round size that hold [low, high], as few and small as do. */
function niceScale(low: number, high: number, resolution: number): Scale {
  const wanted = Math.max(high - low, 10 * resolution);
  const power = 10 ** Math.floor(Math.log10(wanted / 5));
  for (const step of [1, 2, 2.5, 5, 10, 20, 25].map((s) => s * power)) {
    for (const tickAmount of [4, 5]) {
      const room = tickAmount * step - (high - low);
      const min = Math.floor((low - Math.max(0, wanted - (high - low)) / 2) / step) * step;
      if (room >= 0 && tickAmount * step >= wanted && min + tickAmount * step >= high) {
        return { min, max: min + tickAmount * step, tickAmount };
      }
    }
  }

  return { min: low, max: high, tickAmount: 4 };
}
