import { type Standing, stateAt } from "../states";
import { parse } from "../times";
import { type StateName, words } from "../words";

/** A reading of the live hub (Measurements/ReadingItem.cs). */
export interface Reading {
  measuredAt: string;
  channel: number;
  type: string;
  unit: string;
  value: number | null;
  status: string;
  flags: string[];
}

/** A point of the live hub (Streaming/LivePoint.cs). */
export interface Point {
  serial: string;
  name: string;
  location: string | null;
  place: string | null;
  lasting: string | null;
  inMaintenance: boolean;
  clockAhead: boolean;
  batteryLow: boolean | null;
  measuredAt: string | null;
  dueAt: string | null;
  lateAt: string | null;
  silentAt: string | null;
  values: Reading[];
  /** The last value of each channel and type whose latest reading has none. */
  lastValues: Reading[];
}

/** The points there are, in the order of the board: by location, then name, so that each keeps its place whatever its state. */
export class Points {
  readonly #bySerial = new Map<string, Point>();
  #ordered: Point[] | undefined;

  /** Whether it is known which there are. */
  areKnown = false;

  replace(points: Point[]): void {
    this.#bySerial.clear();
    this.change(points, []);
    this.areKnown = true;
  }

  forget(): void {
    this.replace([]);
    this.areKnown = false;
  }

  change(points: Point[], removed: string[]): void {
    removed.forEach((serial) => this.#bySerial.delete(serial));
    points.forEach((point) => this.#bySerial.set(point.serial, point));
    this.#ordered = undefined;
  }

  get all(): Point[] {
    return (this.#ordered ??= [...this.#bySerial.values()].sort(byPlace));
  }
}

const order = new Intl.Collator(words.locale, { numeric: true });

function byPlace(one: Point, other: Point): number {
  const unplaced = Number(one.location === null) - Number(other.location === null);
  return unplaced || order.compare(one.location ?? "", other.location ?? "") || order.compare(one.name, other.name) || order.compare(one.serial, other.serial);
}

/** The state that is no matter of time, in the order of Components/Words/LoggerWords.cs. */
export function given({ lasting, clockAhead, values }: Point): string | null {
  if ((lasting === null || lasting === "unknown") && values.some(({ value }) => value === null)) {
    return "error";
  }

  return lasting ?? (clockAhead ? "ahead" : null);
}

/** The state of a point by the browser's clock. */
export function stateOf(point: Point, time: number): StateName {
  const standing: Standing = {
    due: parse(point.dueAt),
    late: parse(point.lateAt),
    silent: parse(point.silentAt),
    given: given(point),
    isInMaintenance: point.inMaintenance,
  };
  return stateAt(standing, time);
}

const separator = " › ";

/** Where it is: the two innermost locations, for from afar the outer ones tell nothing apart, and the place. */
export const placeOf = (point: Point): string => [point.location?.split(separator).slice(-2).join(separator), point.place].filter((part) => part).join(" · ");
