import { zoneAt } from "./times";
import { words } from "./words";
import { momentOf, momentsOf, offsetAt, zone } from "./zones";

/** A label of the time axis. */
export interface Tick {
  ms: number;
  /** Empty if there is no room for it. */
  label: string;
  /** How far the label is moved from its moment so that it is not cut at the edge, in pixels. */
  shift: number;
  /** Whether a longer unit begins here: a day among hours, a month among days, a year among months. */
  isMajor: boolean;
}

type Unit = "minutes" | "days" | "months";

interface Step {
  unit: Unit;
  /** So many of the unit; half a month is 0.5. */
  count: number;
  /** The least time from one to the next, in ms. */
  leastMs: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const labelPixels = 54;
/** In a night in which the clocks change, hours have their zone. */
const zonedPixels = 78;
const letterPixels = 6.7;
const labelGap = 6;
/** The room beside the plot into which a label may reach. So near to the left edge, a long label is left out. */
const edgePixels = 18;
/** Longer times are cut at the first of months. */
const longMs = 90 * dayMs;

const longest: Step = { unit: "months", count: 240, leastMs: 240 * 28 * dayMs };
const steps: Step[] = [
  ...[1, 5, 10, 15, 30, 60, 120, 180, 240, 360, 480, 720].map((count) => ({ unit: "minutes" as const, count, leastMs: count * minuteMs })),
  ...[1, 2, 3, 4, 7, 14].map((count) => ({ unit: "days" as const, count, leastMs: count * dayMs })),
  ...[0.5, 1, 2, 3, 6, 12, 24, 60, 120].map((count) => ({ unit: "months" as const, count, leastMs: count * 28 * dayMs })),
];

/** Round moments in the person's zone between two times, as many as fit into `pixels`. Days with 23 or 25 hours keep their midnight. */
export function ticks(fromMs: number, toMs: number, pixels: number): Tick[] {
  const isLong = toMs - fromMs > longMs;
  const isTurn = !isLong && offsetAt(fromMs) !== offsetAt(toMs);
  const room = Math.max(2, Math.floor(pixels / (isTurn && toMs - fromMs < 2 * dayMs ? zonedPixels : labelPixels)));
  const wantedMs = (toMs - fromMs) / room;
  const step = steps.find((s) => s.leastMs >= wantedMs && (!isLong || s.unit === "months")) ?? longest;
  const moments = { minutes: byMinutes, days: byDays, months: byMonths }[step.unit](fromMs, toMs, step.count).filter((ms) => ms >= fromMs && ms <= toMs);
  const x = (ms: number): number => ((ms - fromMs) / (toMs - fromMs)) * pixels;
  const first = moments.findIndex((ms) => x(ms) >= edgePixels);
  return withRoom(moments.map((ms, i) => tick(ms, step, i === first)), x, pixels);
}

/** An hour that comes twice is there twice; one that is left out is not. */
function byMinutes(fromMs: number, toMs: number, step: number): number[] {
  const result: number[] = [];
  // Clocks go forward or back by two hours at most.
  const [from, to] = [wallOf(fromMs) - 120 * minuteMs, wallOf(toMs) + 120 * minuteMs];
  for (let midnight = Math.floor(from / dayMs) * dayMs; midnight <= to; midnight += dayMs) {
    for (let wall = midnight; wall < midnight + dayMs; wall += step * minuteMs) {
      if (wall >= from && wall <= to) {
        result.push(...momentsOf(wall));
      }
    }
  }

  return result.sort((a, b) => a - b);
}

function byDays(fromMs: number, toMs: number, step: number): number[] {
  const result: number[] = [];
  for (let day = Math.floor(wallOf(fromMs) / dayMs); day <= wallOf(toMs) / dayMs; day++) {
    // Counted from a Monday, so that labels stay on the same days while time passes.
    if ((day + 3) % step === 0) {
      result.push(momentOf(day * dayMs));
    }
  }

  return result;
}

/** The first of months, and with half a month the 15th as well. */
function byMonths(fromMs: number, toMs: number, step: number): number[] {
  const [first, last] = [monthOf(fromMs), monthOf(toMs)];
  const result: number[] = [];
  for (let month = first; month <= last; month++) {
    if (month % Math.max(1, step) === 0) {
      const days = step < 1 ? [1, 15] : [1];
      result.push(...days.map((day) => momentOf(Date.UTC(Math.floor(month / 12), month % 12, day))));
    }
  }

  return result;
}

/** The month on the zone's clocks, counted from the year 0. */
function monthOf(ms: number): number {
  const wall = new Date(wallOf(ms));
  return wall.getUTCFullYear() * 12 + wall.getUTCMonth();
}

/** The time on the zone's clocks, as if it were UTC. */
const wallOf = (ms: number): number => ms + offsetAt(ms);

function tick(ms: number, { unit, count }: Step, isFirst: boolean): Omit<Tick, "shift"> {
  const wall = new Date(wallOf(ms));
  const isMidnight = wall.getTime() % dayMs === 0;
  const isFirstOfYear = wall.getUTCMonth() === 0 && wall.getUTCDate() === 1;
  if (unit !== "months") {
    const format: Intl.DateTimeFormatOptions = isMidnight ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const isTwice = unit === "minutes" && momentsOf(wall.getTime()).length > 1;
    return { ms, label: `${text(ms, format)}${isTwice ? ` ${zoneAt(ms)}` : ""}`, isMajor: isMidnight && unit === "minutes" };
  }

  const year: Intl.DateTimeFormatOptions = isFirst || isFirstOfYear ? { year: "numeric" } : {};
  if (count >= 12) {
    return { ms, label: text(ms, { year: "numeric" }), isMajor: false };
  }

  return count < 1
    ? { ms, label: text(ms, { day: "numeric", month: "short", ...year }), isMajor: wall.getUTCDate() === 1 }
    : { ms, label: text(ms, { month: "short", ...year }), isMajor: isFirstOfYear };
}

const text = (ms: number, format: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(words.locale, { timeZone: zone(), ...format }).format(ms);

/** Without the labels that would touch the one before, or be cut at the edge and can't be moved a little. */
function withRoom(all: Omit<Tick, "shift">[], x: (ms: number) => number, pixels: number): Tick[] {
  let taken = 0;
  return all.map((one) => {
    const half = (one.label.length * letterPixels) / 2;
    const middle = Math.min(Math.max(x(one.ms), half), pixels + edgePixels - half);
    const shift = middle - x(one.ms);
    if (middle - half < taken || Math.abs(shift) > half / 2) {
      return { ...one, label: "", shift: 0 };
    }

    taken = middle + half + labelGap;
    return { ...one, shift };
  });
}
