import { icons } from "../icons";
import { words } from "../words";
import type { Point, Value } from "./points";

const mostValues = 3;
/** The tile is 100 / 12 times as wide as the type of several figures is high. */
const mostEms = 12;
const moreEms = 1.5;
/** An age stands below a value that was left behind. */
const leastLeftBehind = 4;

/** The tile of a point. It turns grey and shows its state by the browser's clock (elements/freshness.ts). */
export function makeTile(point: Point): HTMLElement {
  const tile = document.createElement("portal-freshness");
  tile.className = "wall-tile";
  tile.setAttribute("role", "listitem");
  fillTile(tile, point);
  return tile;
}

/** Shows a point in its tile; nothing of the tile moves. */
export function fillTile(tile: HTMLElement, point: Point): void {
  set(tile, "due", point.dueAt);
  set(tile, "late", point.lateAt);
  set(tile, "silent", point.silentAt);
  set(tile, "state", point.tile.state);
  set(tile, "alert", point.tile.hasAlert ? "" : null);
  set(tile, "verdict", point.tile.verdict);
  set(tile, "maintenance", point.inMaintenance ? "" : null);
  const { values, where, measuredAt } = point.tile;
  const head = part("div", "head");
  head.append(part("h2", point.name === point.serial ? "name serial" : "name", point.name), document.createElement("portal-state"));
  const shown = fitting(values);
  const figures = part("div", "figures fades");
  figures.style.setProperty("--ems", String(Math.max(1, sum(shown) + (values.length > shown.length ? moreEms : 0))));
  figures.append(...(values.length === 0 ? [part("div", "figure", "–")] : shown.map(figure)));
  if (values.length > shown.length) {
    figures.append(part("span", "more", `+${values.length - shown.length}`));
  }

  const foot = part("div", "foot");
  foot.append(part("span", "where", where), age(measuredAt));
  tile.replaceChildren(head, figures, foot);
}

function figure(shown: Value): HTMLElement {
  const element = part("div", "figure");
  const number = part("div", "number");
  number.append(part("b", "", shown.text), part("span", "unit", shown.unit));
  element.style.setProperty("--own-ems", String(shown.ems));
  element.append(number, shown.remark ? remark(shown.remark) : label("label", shown.label, shown.channel === null ? "" : String(shown.channel)));
  if (shown.leftBehindAt) {
    element.classList.add("left-behind");
    element.append(label("label since", words.lastValue, age(shown.leftBehindAt)));
  }

  return element;
}

/** What it says may be cut short; the figure behind it may not. */
function label(className: string, what: string, figure: string | HTMLElement): HTMLElement {
  const element = part("div", className);
  element.append(part("span", "what", what), typeof figure === "string" ? part("span", "", figure) : figure);
  return element;
}

function remark(said: string): HTMLElement {
  const element = part("div", "label remark");
  element.append(icons.draw("alert"), part("span", "what", said));
  return element;
}

/** As many values as have room in type that is read from afar; what calls for help is not what is left out. */
function fitting(values: Value[]): Value[] {
  const rank = ({ isAlarm, remark }: Value): number => (isAlarm ? 0 : remark ? 1 : 2);
  const ranked = [...values].sort((one, other) => rank(one) - rank(other));
  let count = Math.min(mostValues, values.length);
  while (count > 1 && sum(ranked.slice(0, count)) > mostEms) {
    count--;
  }

  const taken = new Set(ranked.slice(0, count));
  return values.filter((value) => taken.has(value));
}

/** The gaps count, too. */
const sum = (values: Value[]): number => values.reduce((ems, value) => ems + Math.max(value.ems, value.leftBehindAt ? leastLeftBehind : 0), 0.6 * (values.length - 1));

function age(at: string | null): HTMLElement {
  const element = document.createElement("portal-age");
  set(element, "at", at);
  return element;
}

function part(tag: string, className: string, content = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}

function set(element: HTMLElement, name: string, value: string | null): void {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}
