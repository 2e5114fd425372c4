import { words } from "./words";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The browser's zone: everything shown is in it, everything stored is UTC. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(words.locale, { hourCycle: "h23", ...options });

const full = format({ year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const sameDay = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const sameYear = format({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const minuteOfDay = format({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const minuteOfYear = format({ year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const dayKey = format({ year: "numeric", month: "numeric", day: "numeric" });
const zoned = format({ hour: "numeric", timeZoneName: "short" });

/** Unix ms of an ISO 8601 text, or NaN. */
export const parse = (iso: string | null): number => (iso ? Date.parse(iso) : Number.NaN);

/** The zone's short name at that moment: a summer's day has another than a winter's. */
export const zoneAt = (ms: number): string =>
  zoned.formatToParts(ms).find((p) => p.type === "timeZoneName")?.value ?? "";

export const fullTime = (ms: number): string => `${full.format(ms)} ${zoneAt(ms)}`;

/** As short as it can be without being ambiguous: no date today, no year this year. Without the zone. */
export function shortTime(ms: number, nowMs: number): string {
  if (dayKey.format(ms) === dayKey.format(nowMs)) {
    return sameDay.format(ms);
  }

  return new Date(ms).getFullYear() === new Date(nowMs).getFullYear() ? sameYear.format(ms) : full.format(ms);
}

/** The same without seconds. */
export function minuteTime(ms: number, nowMs: number): string {
  if (dayKey.format(ms) === dayKey.format(nowMs)) {
    return clock.format(ms);
  }

  return new Date(ms).getFullYear() === new Date(nowMs).getFullYear() ? minuteOfDay.format(ms) : minuteOfYear.format(ms);
}

/** "10:42 CET", or with the date when that was another day. */
export const clockTime = (ms: number, nowMs: number): string =>
  dayKey.format(ms) === dayKey.format(nowMs) ? `${clock.format(ms)} ${zoneAt(ms)}` : `${shortTime(ms, nowMs)} ${zoneAt(ms)}`;

/** A span in one unit: below a minute in steps of ten seconds, for a number that changes every second pulls the eye. */
export function span(ms: number): string {
  if (ms < minute) {
    return `${Math.floor(ms / 10_000) * 10} ${words.seconds}`;
  }

  if (ms < 2 * hour) {
    return `${Math.floor(ms / minute)} ${words.minutes}`;
  }

  return ms < 2 * day ? `${Math.floor(ms / hour)} ${words.hours}` : `${Math.floor(ms / day)} ${words.days}`;
}

/** How long ago; a moment ahead of the clock is said as such. */
export function age(ms: number): string {
  if (ms < -10_000) {
    return words.inFuture(span(-ms));
  }

  return ms < 10_000 ? words.justNow : words.ago(span(ms));
}

/** When the next value is due, `ms` from now. */
export function due(ms: number): string {
  if (ms < -minute) {
    return words.dueAgo(span(-ms));
  }

  return ms < 10_000 ? words.dueNow : words.dueIn(span(ms));
}
