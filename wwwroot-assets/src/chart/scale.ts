import { fixed } from "../numbers";
import { words } from "../words";
import type { Box, Drawn } from "./model";

export interface Scale {
  min: number;
  max: number;
  tickAmount: number;
}

/** A scale that holds everything drawn; at least as high as its type wants it: otherwise a steady value looks like a storm. */
export function scaleOf(drawn: Drawn[], steps = [4, 5]): Scale {
  const given = drawn[0]?.options.scale;
  if (given) {
    return { min: given[0], max: given[1], tickAmount: steps[0] ?? 4 };
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
    one.limits?.forEach((limit) => see(limit.value));
    one.points.forEach((p) => see(p.y));
    one.bands.forEach((b) => b.y.forEach(see));
    if (one.options.kind === "counter" && one.points.length > 0) {
      // Bars stand on zero.
      see(0);
    }
  }

  const { decimals = 0, smallestSpan = 0 } = drawn[0]?.options ?? {};
  return low > high ? { min: 0, max: 1, tickAmount: steps[0] ?? 4 } : niceScale(low, high, smallestSpan || 10 * 10 ** -decimals, 10 ** -decimals, steps);
}

/** How high a value of a series lies, in pixels. */
export type Heights = (value: number, series: number) => number;

/** How high values lie in the box if all series share an axis. */
export function heightOf(drawn: Drawn[], box: Box): Heights {
  const scale = scaleOf(drawn);
  return (value) => heightIn(scale, box, value);
}

export const heightIn = ({ min, max }: Scale, box: Box, value: number): number => box.top + (1 - (value - min) / (max - min)) * box.height;

/**
 * Equal steps of a round size, four or five unless another number is asked for, that hold [low, high], as few and small as do, and together are no smaller than `smallest`. No
 * step is less than the last digit shown, and there is nothing below zero if no value is.
 */
export function niceScale(low: number, high: number, smallest: number, lastDigit: number, steps = [4, 5]): Scale {
  const wanted = Math.max(high - low, smallest);
  const power = 10 ** Math.floor(Math.log10(wanted / Math.max(...steps)));
  for (const step of [1, 2, 2.5, 5, 10, 20, 25].map((s) => s * power)) {
    for (const tickAmount of steps) {
      const room = tickAmount * step - (high - low);
      const middle = Math.floor((low - Math.max(0, wanted - (high - low)) / 2) / step) * step;
      const min = low >= 0 ? Math.max(0, middle) : middle;
      if (room >= 0 && isWhole(step / lastDigit) && tickAmount * step >= wanted && min + tickAmount * step >= high) {
        return { min, max: min + tickAmount * step, tickAmount };
      }
    }
  }

  return { min: low, max: high, tickAmount: steps[0] ?? 4 };
}

/** Whether a step has labels that are its own: of 2.5 pulses there are none. */
const isWhole = (steps: number): boolean => Math.abs(steps - Math.round(steps)) < 1e-6 && steps > 0.5;

/**
 * How the values of a scale are written in so many letters. Large ones are told in thousands or millions if they are too long, as exactly as
 * the steps ask for; if even that is too long, the unit is left to the heading.
 */
export function tickText({ min, max, tickAmount }: Scale, decimals: number, unit: string, most: number): (value: number) => string {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const power = 3 * Math.floor(Math.log10(largest || 1) / 3);
  const digits = Math.max(0, Math.ceil(power - Math.log10((max - min) / tickAmount) - 1e-9));
  // British "m" for millions would be taken for "milli".
  const compact = new Intl.NumberFormat(words.locale === "en-GB" ? "en" : words.locale, { notation: "compact", maximumFractionDigits: Math.min(digits, 6) });
  const whole = (value: number): string => fixed(value, decimals);
  const short = (value: number): string => compact.format(value).replace("-", "\u2212");
  const number = largest < 10_000 ? whole : short;
  const ways = [whole, number].map((write) => (value: number): string => `${write(value)} ${unit}`.trim());
  return ways.find((write) => [min, max].every((value) => write(value).length <= most)) ?? number;
}
