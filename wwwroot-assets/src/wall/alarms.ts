import type { Point } from "./points";

/** The critical alarms that a board has seen. Those that are there at first are not new, and each one is new once. */
export class Alarms {
  #known: Set<number> | undefined;

  /** With those that the page before knew, if it loaded itself anew. */
  constructor(known?: number[]) {
    this.#known = known && new Set(known);
  }

  get known(): number[] {
    return [...(this.#known ?? [])];
  }

  /** Takes the alarms of points as they are now; true if one of them is new. */
  take(points: Pick<Point, "tile">[]): boolean {
    const before = this.#known;
    const all = points.flatMap((point) => point.tile.critical);
    this.#known = new Set([...(before ?? []), ...all]);
    return before !== undefined && all.some((id) => !before.has(id));
  }
}
