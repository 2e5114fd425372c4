/** The zone everything is shown in: the one the person chose, which the page says, or the browser's own. Everything stored is UTC. */
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

/**
 * The moment at which the zone's clocks show a time, given as if it were UTC. Of two the first; a time that is left out when clocks go
 * forward is as much later as they go.
 */
export function momentOf(wallMs: number): number {
  const dayMs = 24 * 60 * 60_000;
  const [before, after] = [offsetAt(wallMs - dayMs), offsetAt(wallMs + dayMs)];
  const found = [before, after].find((offset) => offsetAt(wallMs - offset) === offset);
  return wallMs - (found ?? before);
}
