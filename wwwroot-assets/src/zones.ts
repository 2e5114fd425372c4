/** The time zone of the page: the user's choice, or else the browser's own. All stored times are UTC. */
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const zone = (): string => document.documentElement.dataset["zone"] || own;

let fieldsOf = "";
let fields: Intl.DateTimeFormat;

/** How far the zone's clocks are ahead of UTC at a moment, in ms. */
export function offsetAt(ms: number): number {
  if (fieldsOf !== zone()) {
    fieldsOf = zone();
    fields = new Intl.DateTimeFormat("en-GB", {
      timeZone: fieldsOf, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    });
  }

  const part = Object.fromEntries(fields.formatToParts(ms).map((p) => [p.type, Number(p.value)])) as Record<string, number>;
  const wall = Date.UTC(part["year"] ?? 0, (part["month"] ?? 1) - 1, part["day"], part["hour"], part["minute"], part["second"]);
  return wall - Math.floor(ms / 1_000) * 1_000;
}

/** The moments at which the zone's clocks show a time, given as if it were UTC: two in the hour that comes twice, none in the one left out. */
export function momentsOf(wallMs: number): number[] {
  const dayMs = 24 * 60 * 60_000;
  const offsets = [offsetAt(wallMs - dayMs), offsetAt(wallMs + dayMs)];
  return [...new Set(offsets)].filter((offset) => offsetAt(wallMs - offset) === offset).map((offset) => wallMs - offset).sort((a, b) => a - b);
}

/**
 * The moment at which the zone's clocks show a time, given as if it were UTC. Of two the first; a time that is left out when clocks go
 * forward is as much later as they go.
 */
export function momentOf(wallMs: number): number {
  const dayMs = 24 * 60 * 60_000;
  return momentsOf(wallMs)[0] ?? wallMs - offsetAt(wallMs - dayMs);
}
