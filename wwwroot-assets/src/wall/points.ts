import { type Standing, stateAt } from "../states";
import { parse } from "../times";
import { type StateName, words } from "../words";

/** A value in the page's words and units (Streaming/LiveTile.cs). */
export interface Value {
  label: string;
  channel: number | null;
  text: string;
  unit: string;
  remark: string | null;
  isAlarm: boolean;
  /** When it was measured, if it is not of now although the logger is heard. */
  leftBehindAt: string | null;
  /** How wide the number is with its unit, in ems. */
  ems: number;
}

/** The content of a point's tile in the page's language and units (Streaming/LiveTile.cs). */
export interface Tile {
  where: string;
  /** A state that is no matter of time. */
  state: string | null;
  /** Whether it calls for help, however old its values are. */
  hasAlert: boolean;
  /** What is said of its values while it is on time. */
  verdict: string | null;
  hasRemark: boolean;
  measuredAt: string | null;
  /** The critical alarms that go on and that nobody has acknowledged. */
  critical: number[];
  values: Value[];
}

/** A point of the live hub, as far as the board needs it (Streaming/LivePoint.cs). */
export interface Point {
  serial: string;
  name: string;
  location: string | null;
  inMaintenance: boolean;
  dueAt: string | null;
  lateAt: string | null;
  silentAt: string | null;
  tile: Tile;
}

/** What is wrong with a point, the worst first. */
export const troubles = ["critical", "warning", "alarm", "error", "silent", "never", "late"] as const;
export type Trouble = (typeof troubles)[number];

/** The points of the board. */
export class Points {
  readonly #bySerial = new Map<string, Point>();
  #byPlace: Point[] | undefined;

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
    this.#byPlace = undefined;
  }

  /** By location, then name. */
  get all(): Point[] {
    return (this.#byPlace ??= [...this.#bySerial.values()].sort(byPlace));
  }

  /** Those in trouble first, the worst of them at the very first, then those whose alarm is acknowledged; all else keeps its place. */
  worstFirst(time: number): Point[] {
    const ranks = new Map(this.all.map((point) => [point, rankOf(point, time)]));
    return [...this.all].sort((one, other) => (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0));
  }
}

const order = new Intl.Collator(words.locale, { numeric: true });

function byPlace(one: Point, other: Point): number {
  const unplaced = Number(one.location === null) - Number(other.location === null);
  return unplaced || order.compare(one.location ?? "", other.location ?? "") || order.compare(one.name, other.name) || order.compare(one.serial, other.serial);
}

/** The state of a point by the browser's clock. */
export function stateOf(point: Point, time: number): StateName {
  const standing: Standing = {
    due: parse(point.dueAt),
    late: parse(point.lateAt),
    silent: parse(point.silentAt),
    given: point.tile.state,
    isInMaintenance: point.inMaintenance,
  };
  return stateAt(standing, time);
}

/** What is wrong with a point: what its values call for lasts, however long it has been silent since. */
export function troubleOf(point: Point, time: number): Trouble | undefined {
  const state = point.tile.hasAlert ? point.tile.state : stateOf(point, time);
  return troubles.find((trouble) => trouble === state);
}

/** The group of a point in the words of <portal-status>. */
export function groupOf(point: Point, time: number): string {
  const trouble = troubleOf(point, time);
  if (trouble && point.tile.hasAlert) {
    return trouble;
  }

  const state = stateOf(point, time);
  const word = state === "maintenance" ? "inmaintenance" : state === "ahead" ? "fresh" : state;
  return point.tile.verdict ? `${word}.${point.tile.verdict}` : word;
}

/** Whether an alarm goes on that somebody has acknowledged; it is said of those on time alone. */
const isAcknowledged = (point: Point, time: number): boolean => ["fresh.acknowledged", "due.acknowledged"].includes(groupOf(point, time));

function rankOf(point: Point, time: number): number {
  const trouble = troubleOf(point, time);
  return trouble ? troubles.indexOf(trouble) : troubles.length + (isAcknowledged(point, time) ? 0 : 1);
}
