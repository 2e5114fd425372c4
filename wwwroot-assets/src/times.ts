import { words } from "./words";
import { offsetAt, zone } from "./zones";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How moments are written, in the zone they are shown in. */
function formatsIn(timeZone: string) {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(words.locale, { timeZone, hourCycle: "h23", ...options });
  return {
    timeZone,
    full: format({ year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    sameDay: format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    sameYear: format({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    clock: format({ hour: "2-digit", minute: "2-digit" }),
    minuteOfDay: format({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }),
    minuteOfYear: format({ year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }),
    day: format({ year: "numeric", month: "numeric", day: "numeric" }),
    year: format({ year: "numeric" }),
    date: format({ year: "numeric", month: "short", day: "numeric" }),
    zoned: format({ hour: "numeric", timeZoneName: "short" }),
  };
}

let made = formatsIn(zone());

function formats(): ReturnType<typeof formatsIn> {
  if (made.timeZone !== zone()) {
    made = formatsIn(zone());
  }

  return made;
}

const isSame = (format: Intl.DateTimeFormat, one: number, other: number): boolean => format.format(one) === format.format(other);

/** Unix ms of an ISO 8601 text, or NaN. */
export const parse = (iso: string | null): number => (iso ? Date.parse(iso) : Number.NaN);

/** The zone's short name at that moment: a summer's day has another than a winter's. */
export const zoneAt = (ms: number): string =>
  formats().zoned.formatToParts(ms).find((p) => p.type === "timeZoneName")?.value ?? "";

export const fullTime = (ms: number): string => `${formats().full.format(ms)} ${zoneAt(ms)}`;

/** Whole days, from one moment to before another: "27 Nov 2026", or both ends of several. */
export function dates(fromMs: number, toMs: number): string {
  const { date } = formats();
  const [first, last] = [date.format(fromMs), date.format(toMs - 1)];
  return first === last ? first : `${first} – ${last}`;
}

/** For the name of a file: "2026-11-27 19.10" on the zone's clocks. */
export const fileTime = (ms: number): string => new Date(ms + offsetAt(ms)).toISOString().slice(0, 16).replace("T", " ").replace(":", ".");

/** The zone's names within a time: two if its clocks change in it. */
export const zonesIn = (fromMs: number, toMs: number): string =>
  [...new Set([fromMs, (fromMs + toMs) / 2, toMs].map((ms) => zoneAt(ms)))].join("/");

/** As short as it can be without being ambiguous: no date today, no year this year. Without the zone. */
export function shortTime(ms: number, nowMs: number): string {
  const { day, year, sameDay, sameYear, full } = formats();
  return (isSame(day, ms, nowMs) ? sameDay : isSame(year, ms, nowMs) ? sameYear : full).format(ms);
}

/** The same without seconds. */
export function minuteTime(ms: number, nowMs: number): string {
  const { day, year, clock, minuteOfDay, minuteOfYear } = formats();
  return (isSame(day, ms, nowMs) ? clock : isSame(year, ms, nowMs) ? minuteOfDay : minuteOfYear).format(ms);
}

/** "10:42 CET", or with the date when that was another day. */
export const clockTime = (ms: number, nowMs: number): string => {
  const { day, clock } = formats();
  return `${isSame(day, ms, nowMs) ? clock.format(ms) : shortTime(ms, nowMs)} ${zoneAt(ms)}`;
};

/** "10:42:07 CET". */
export const fullClock = (ms: number): string => `${formats().sameDay.format(ms)} ${zoneAt(ms)}`;

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

/** The age of a moment; a moment ahead of the clock is described as such. */
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
