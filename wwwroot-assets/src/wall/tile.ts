import { icons } from "../icons";
import { text, words } from "../words";
import { given, placeOf, type Point } from "./points";
import { type Shown, valuesOf } from "./values";

const mostValues = 3;

/** The tile of a point: it greys and says its state by the browser's clock (elements/freshness.ts). */
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
  set(tile, "state", given(point));
  set(tile, "maintenance", point.inMaintenance ? "" : null);
  const values = valuesOf(point);
  const head = part("div", "head");
  head.append(part("h2", "name", point.name), document.createElement("portal-state"));
  const figures = part("div", "figures fades");
  figures.dataset["count"] = String(Math.min(values.length, mostValues));
  figures.append(...(values.length === 0 ? [part("div", "figure", "–")] : values.slice(0, mostValues).map(figure)));
  if (values.length > mostValues) {
    figures.append(part("span", "more", text("More", { count: values.length - mostValues })));
  }

  const foot = part("div", "foot");
  foot.append(part("span", "where", placeOf(point)), age(point.measuredAt));
  tile.replaceChildren(head, figures, foot);
}

function figure(shown: Shown): HTMLElement {
  const element = part("div", "figure");
  const number = part("div", "number");
  number.append(part("b", "", shown.text), part("span", "unit", shown.unit));
  const label = part("div", "label", shown.label);
  if (shown.remark) {
    const remark = part("span", "remark");
    remark.append(icons.draw("alert"), shown.remark);
    label.append(" ", remark);
  }

  if (shown.leftBehind) {
    element.classList.add("left-behind");
    label.append(" ", shown.remark ? `· ${words.lastValue} ` : "", age(shown.leftBehind));
  }

  element.append(number, label);
  return element;
}

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
