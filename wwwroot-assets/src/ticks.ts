import { offsetAt, momentOf, zone } from "./zones";
import { words } from "./words";

/** A label of the time axis. */
export interface Tick {
  ms: number;
  label: string;
  /** Whether a day begins here, among hours. */
  isDay: boolean;
}

const minutes = [1, 5, 10, 15, 30, 60, 120, 180, 240, 360, 480, 720];
const days = [1, 2, 3, 4, 7, 14, 28, 91, 182];
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const labelPixels = 54;

/** Round moments in the person's zone between two times, as many as fit into `pixels`. Days with 23 or 25 hours keep their midnight. */
export function ticks(fromMs: number, toMs: number, pixels: number): Tick[] {
  const room = Math.max(2, Math.floor(pixels / labelPixels));
  const wantedMs = (toMs - fromMs) / room;
  const step = minutes.find((m) => m * minuteMs >= wantedMs);
  const found = step === undefined ? byDays(fromMs, toMs, days.find((d) => d * dayMs >= wantedMs) ?? 364) : byMinutes(fromMs, toMs, step);

  // A label too near the edge would be cut.
  const margin = ((toMs - fromMs) / Math.max(1, pixels)) * 16;
  return found.filter((ms) => ms >= fromMs + margin && ms <= toMs - margin / 2).map((ms) => tick(ms, step !== undefined));
}

function byMinutes(fromMs: number, toMs: number, step: number): number[] {
  const [from, to] = [wallOf(fromMs), wallOf(toMs)];
  const result: number[] = [];
  for (let midnight = Math.floor(from / dayMs) * dayMs; midnight <= to; midnight += dayMs) {
    for (let wall = midnight; wall < midnight + dayMs; wall += step * minuteMs) {
      // Clocks go forward or back by two hours at most.
      if (wall >= from - 120 * minuteMs && wall <= to + 120 * minuteMs) {
        const moment = momentOf(wall);
        if (moment > (result.at(-1) ?? fromMs)) {
          result.push(moment);
        }
      }
    }
  }

  return result;
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

/** What the zone's clocks show, as if it were UTC. */
const wallOf = (ms: number): number => ms + offsetAt(ms);

function tick(ms: number, amongHours: boolean): Tick {
  const isMidnight = wallOf(ms) % dayMs === 0;
  const format: Intl.DateTimeFormatOptions = isMidnight ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return { ms, label: new Intl.DateTimeFormat(words.locale, { timeZone: zone(), ...format }).format(ms), isDay: isMidnight && amongHours };
}
