import { now } from "../clock";
import { fixed } from "../numbers";
import { age, fullTime } from "../times";
import { words } from "../words";
import { type Box, type ChartData, colourOf, css, type Drawn, type Frame, isPin, type Point } from "./model";
import { stateWord } from "./states";
import { svg } from "./svg";

/** How near a point is one that is pointed at, in pixels. */
const nearPixels = 12;

/** What is said of a moment. */
export interface Said {
  ms: number;
  lines: { name: string; value: string; extremes: string; colour: string; y: number | undefined }[];
  remarks: string[];
}

/** The line at the moment looked at, with what was measured then. */
export class Crosshair {
  readonly element = svg("svg", { width: "100%", height: "100%" });
  readonly tip = document.createElement("div");

  constructor() {
    this.element.classList.add("chart-crosshair");
    this.tip.className = "chart-tip";
    this.tip.hidden = true;
  }

  /** Everything there is to say about the moment, with the nearest point of each line. */
  static say(ms: number, drawn: Drawn[], data: ChartData, frame: Frame, box: Box): Said {
    const nearMs = ((frame.max - frame.min) / Math.max(1, box.width)) * nearPixels;
    const gaps = data.gaps.filter((g) => g.fromMs < ms && ms < g.toMs);
    const found = drawn.map((d, i) => ({ i, d, at: nearest(d, ms) }));
    const inGap = gaps.length > 0 && found.every(({ at }) => at === undefined || Math.abs(at - ms) > nearMs);
    const times = found.flatMap(({ at }) => (at === undefined ? [] : [at])).sort((a, b) => Math.abs(a - ms) - Math.abs(b - ms));
    const isAtPin = data.marks.some((m) => isPin(m) && m.fromMs === ms);
    const at = inGap || isAtPin || times[0] === undefined ? ms : drawn.every((d) => d.options.kind === "binary") ? ms : times[0];
    const marks = data.marks.filter((m) => m.fromMs - nearMs <= at && at <= m.toMs + nearMs);
    return {
      ms: at,
      lines: inGap ? [] : found.flatMap(({ i, d }) => line(d, at, nearMs, colourOf(i))),
      remarks: [...(inGap ? gaps.map((g) => g.cause) : []), ...marks.map((m) => m.remark)].filter((r, i, all) => r !== "" && all.indexOf(r) === i),
    };
  }

  show(said: Said, frame: Frame, box: Box, scale: (value: number) => number): void {
    const x = box.left + ((said.ms - frame.min) / (frame.max - frame.min)) * box.width;
    if (x < box.left - 1 || x > box.left + box.width + 1) {
      this.hide();
      return;
    }

    this.element.replaceChildren(
      svg("line", { x1: x, x2: x, y1: box.top, y2: box.top + box.height, stroke: css("--ink-soft"), "stroke-width": 1 }),
      ...said.lines.flatMap((l) =>
        l.y === undefined ? [] : [svg("circle", { cx: x, cy: scale(l.y), r: 4.5, fill: l.colour, stroke: css("--sheet"), "stroke-width": 2 })],
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
  return [fullTime(said.ms), ...(values.length > 0 ? values : [words.noValue]), ...said.remarks].join("; ");
}

function tipOf(said: Said): HTMLElement[] {
  const time = document.createElement("time");
  time.textContent = `${fullTime(said.ms)} · ${age(now() - said.ms)}`;
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

function line(drawn: Drawn, at: number, nearMs: number, colour: string): Said["lines"] {
  const { name, decimals, unit, kind } = drawn.options;
  if (kind === "binary") {
    const state = drawn.states.find((s) => s.fromMs <= at && at <= s.toMs);
    return state ? [{ name, value: stateWord(drawn, state), extremes: "", colour, y: undefined }] : [];
  }

  const point = pointNear(drawn.points, at, nearMs);
  if (!point || point.y === null) {
    return [];
  }

  const text = (value: number): string => `${fixed(value, decimals)} ${unit}`.trim();
  const band = drawn.bands[drawn.points.indexOf(point)]?.y;
  const extremes = band && band[0] !== null && band[0] !== band[1] ? words.fromTo(fixed(band[0], decimals), text(band[1])) : "";
  return [{ name, value: text(point.y), extremes, colour, y: point.y }];
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
  return [...new Set([...times, ...data.gaps.map((g) => (g.fromMs + g.toMs) / 2), ...pins])].sort((a, b) => a - b);
}
