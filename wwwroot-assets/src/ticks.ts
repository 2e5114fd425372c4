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

const clock = new Intl.DateTimeFormat(words.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat(words.locale, { day: "numeric", month: "short" });

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
  const result: number[] = [];
  const midnight = new Date(fromMs);
  midnight.setHours(0, 0, 0, 0);
  for (; midnight.getTime() <= toMs; midnight.setDate(midnight.getDate() + 1)) {
    for (let minute = 0; minute < 24 * 60; minute += step) {
      const moment = new Date(midnight);
      moment.setHours(0, minute);
      if (moment.getTime() > (result.at(-1) ?? fromMs)) {
        result.push(moment.getTime());
      }
    }
  }

  return result;
}

function byDays(fromMs: number, toMs: number, step: number): number[] {
  const result: number[] = [];
  const midnight = new Date(fromMs);
  midnight.setHours(0, 0, 0, 0);
  for (; midnight.getTime() <= toMs; midnight.setDate(midnight.getDate() + 1)) {
    // Counted from a Monday, so that labels stay on the same days while time passes.
    if ((Math.round((midnight.getTime() - midnight.getTimezoneOffset() * minuteMs) / dayMs) + 3) % step === 0) {
      result.push(midnight.getTime());
    }
  }

  return result;
}

function tick(ms: number, amongHours: boolean): Tick {
  const moment = new Date(ms);
  const isMidnight = moment.getHours() === 0 && moment.getMinutes() === 0;
  return { ms, label: isMidnight ? date.format(moment) : clock.format(moment), isDay: isMidnight && amongHours };
}
