import { now } from "../clock";
import { fixed } from "../numbers";
import { age, clockTime, dates, fullTime } from "../times";
import { words } from "../words";
import { daysAt } from "./bins";
import { type Box, type ChartData, colourOf, css, type Drawn, type Frame, isPin, type Point } from "./model";
import type { Heights } from "./scale";
import { stateWord } from "./states";
import { svg } from "./svg";

/** How near a point is one that is pointed at, in pixels. */
const nearPixels = 12;

/** The text about a moment. */
export interface Said {
  ms: number;
  /** When that is: a moment, or the days the point stands for. */
  time: string;
  lines: { name: string; value: string; extremes: string; colour: string; y: number | undefined; series: number }[];
  remarks: string[];
}

/** The line at the selected moment, with the values at that time. */
export class Crosshair {
  readonly element = svg("svg", { width: "100%", height: "100%" });
  readonly tip = document.createElement("div");

  constructor() {
    this.element.classList.add("chart-crosshair");
    this.tip.className = "chart-tip";
    this.tip.hidden = true;
  }

  /** The whole text about the moment, with the nearest point of each line. */
  static say(ms: number, drawn: Drawn[], data: ChartData, frame: Frame, box: Box, isComparison = false): Said {
    const nearMs = ((frame.max - frame.min) / Math.max(1, box.width)) * nearPixels;
    const gaps = data.gaps.filter((g) => g.fromMs < ms && ms < g.toMs);
    const found = drawn.map((d, i) => ({ i, d, at: nearest(d, ms) }));
    const inGap = gaps.length > 0 && found.every(({ at }) => at === undefined || Math.abs(at - ms) > nearMs);
    const times = found.flatMap(({ at }) => (at === undefined ? [] : [at])).sort((a, b) => Math.abs(a - ms) - Math.abs(b - ms));
    const isAtPin = data.marks.some((m) => isPin(m) && m.fromMs === ms);
    const isFar = isComparison && Math.abs((times[0] ?? ms) - ms) > nearMs;
    const isMoment = inGap || isAtPin || isFar || times[0] === undefined;
    const at = inGap || isAtPin || isFar || times[0] === undefined ? ms : drawn.every((d) => d.options.kind === "binary") ? ms : times[0];
    const marks = data.marks.filter((m) => m.fromMs - nearMs <= at && at <= m.toMs + nearMs);
    return {
      ms: at,
      time: timeOf(at, isMoment ? 0 : data.days),
      lines: inGap ? [] : found.flatMap(({ i, d }) => (isComparison ? compared(d, at, nearMs, data.days, i) : line(d, at, nearMs, i))),
      remarks: [...(inGap ? gaps.map((g) => g.cause) : []), ...marks.map((m) => m.remark)].filter((r, i, all) => r !== "" && all.indexOf(r) === i),
    };
  }

  show(said: Said, frame: Frame, box: Box, heights: Heights): void {
    const x = box.left + ((said.ms - frame.min) / (frame.max - frame.min)) * box.width;
    if (x < box.left - 1 || x > box.left + box.width + 1) {
      this.hide();
      return;
    }

    this.element.replaceChildren(
      svg("line", { x1: x, x2: x, y1: box.top, y2: box.top + box.height, stroke: css("--ink-soft"), "stroke-width": 1 }),
      ...said.lines.flatMap((l) =>
        l.y === undefined ? [] : [svg("circle", { cx: x, cy: heights(l.y, l.series), r: 4.5, fill: l.colour, stroke: css("--sheet"), "stroke-width": 2 })],
      ),
    );
    this.tip.replaceChildren(...tipOf(said));
    this.tip.hidden = false;
    const width = this.tip.offsetWidth;
    const isLeft = x + width + 20 > box.left + box.width;
    this.tip.style.left = `${Math.max(0, isLeft ? x - width - 12 : x + 12)}px`;
  }

  hide(): void {
    this.element.replaceChildren();
    this.tip.hidden = true;
  }
}

/** The same in a sentence, to be spoken. */
export function sentence(said: Said): string {
  const values = said.lines.map((l) => `${l.name} ${l.value}${l.extremes && `, ${l.extremes}`}`);
  return [said.time, ...(values.length > 0 ? values : [words.noValue]), ...said.remarks].join("; ");
}

function timeOf(ms: number, days: number): string {
  if (days === 0) {
    return fullTime(ms);
  }

  const { fromMs, toMs } = daysAt(ms, days);
  return dates(fromMs, toMs);
}

function tipOf(said: Said): HTMLElement[] {
  const time = document.createElement("time");
  time.textContent = `${said.time} · ${age(now() - said.ms)}`;
  const rows = said.lines.map((l) => {
    const row = document.createElement("p");
    const dot = document.createElement("i");
    dot.className = "dot";
    dot.style.background = l.colour;
    row.append(dot, textOf("span", l.name), textOf("b", l.value), ...(l.extremes ? [textOf("i", l.extremes)] : []));
    return row;
  });
  return [time, ...(rows.length > 0 ? rows : [textOf("p", words.noValue)]), ...said.remarks.map((r) => textOf("p", r, "remark"))];
}

function textOf(name: string, text: string, className = ""): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = className;
  return element;
}

function line(drawn: Drawn, at: number, nearMs: number, series: number): Said["lines"] {
  const { name, kind } = drawn.options;
  const colour = colourOf(series);
  if (kind === "binary") {
    const state = drawn.states.find((s) => s.fromMs <= at && at <= s.toMs);
    return state ? [{ name, value: stateWord(drawn, state), extremes: "", colour, y: undefined, series }] : [];
  }

  const point = pointNear(drawn.points, at, nearMs);
  return point ? [said(drawn, point, series)] : [];
}

/**
 * Loggers measure at moments of their own. Where a line is drawn, the nearer of the two points beside the moment is said, with its time if that is
 * another; in a gap, the cause of the gap.
 */
function compared(drawn: Drawn, at: number, nearMs: number, days: number, series: number): Said["lines"] {
  const [found] = line(drawn, at, nearMs, series);
  const beside = found ? undefined : pointBeside(drawn.points, at);
  if (found || beside) {
    const one = found ?? said(drawn, beside as Point, series);
    const time = beside && days === 0 ? clockTime(beside.x, at) : "";
    return [{ ...one, extremes: [one.extremes, time].filter(Boolean).join(" · ") }];
  }

  const gap = drawn.gaps.find((g) => g.fromMs < at && at < g.toMs);
  return gap ? [{ name: drawn.options.name, value: gap.cause || words.noValue, extremes: "", colour: colourOf(series), y: undefined, series }] : [];
}

/** The nearer of the points on both sides of a moment, if the line is drawn between them. */
function pointBeside(points: Point[], at: number): Point | undefined {
  const after = points.findIndex((p) => p.x >= at);
  const [left, right] = [points[after - 1], points[after]];
  return left && right && left.y !== null && right.y !== null ? (at - left.x < right.x - at ? left : right) : undefined;
}

function said(drawn: Drawn, point: Point, series: number): Said["lines"][number] {
  const { name, decimals, unit } = drawn.options;
  const y = point.y as number;
  const text = (value: number): string => `${fixed(value, decimals)} ${unit}`.trim();
  const band = drawn.bands[drawn.points.indexOf(point)]?.y;
  const extremes = band && band[0] !== null && band[0] !== band[1] ? words.fromTo(fixed(band[0], decimals), text(band[1])) : "";
  return { name, value: text(y), extremes, colour: colourOf(series), y, series };
}

/** The time of the point that is nearest to a moment. */
function nearest(drawn: Drawn, ms: number): number | undefined {
  if (drawn.options.kind === "binary") {
    return drawn.states.some((s) => s.fromMs <= ms && ms <= s.toMs) ? ms : undefined;
  }

  return pointNear(drawn.points, ms, Number.POSITIVE_INFINITY)?.x;
}

function pointNear(points: Point[], ms: number, withinMs: number): Point | undefined {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Point).x < ms) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return [low - 2, low - 1, low, low + 1]
    .map((i) => points[i])
    .filter((p): p is Point => p !== undefined && p.y !== null && Math.abs(p.x - ms) <= withinMs)
    .sort((a, b) => Math.abs(a.x - ms) - Math.abs(b.x - ms))[0];
}

/** The moments a keyboard stops at, in order: points, changes of state, the middle of each gap, and marks. */
export function stops(drawn: Drawn[], data: ChartData): number[] {
  const times = drawn.flatMap((d) => [...d.points.filter((p) => p.y !== null).map((p) => p.x), ...d.states.map((s) => (s.fromMs + s.toMs) / 2)]);
  const pins = data.marks.filter(isPin).map((m) => m.fromMs);
  const gaps = [...data.gaps, ...drawn.flatMap((d) => d.gaps)].map((g) => (g.fromMs + g.toMs) / 2);
  return [...new Set([...times, ...gaps, ...pins])].sort((a, b) => a - b);
}
