import { momentOf, offsetAt } from "../zones";

const dayMs = 24 * 60 * 60_000;

/**
 * The whole days of the page's zone that a point at a moment stands for, as the server cuts them (History/BucketGrid.cs): counted from 1 January
 * 1970 on the zone's own clocks.
 */
export function daysAt(ms: number, days: number): { fromMs: number; toMs: number } {
  const width = days * dayMs;
  const first = Math.floor((ms + offsetAt(ms)) / width) * width;
  return { fromMs: momentOf(first), toMs: momentOf(first + width) };
}
