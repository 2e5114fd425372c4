import { ticks } from "../ticks";
import { zonesIn } from "../times";
import { bars } from "./bars";
import { dots } from "./dots";
import { limitLines } from "./limits";
import { type Box, type ChartData, css, type Drawn, type Frame, type Gap, isPin, type Mark, type Shade } from "./model";
import type { Heights } from "./scale";
import { fontFamily, svg } from "./svg";
import { widthOf } from "./text";

/** The width of a label over a gap, in addition to its letters. */
const wordMargin = 26;
const letterPixels = 6.2;
/** The strip lies between the axis and its labels. */
const latePixels = 5;
const lateBelow = 3.5;
const labelBelow = 19;
const labelSize = 12;
/** The least width of a shaded stretch. */
const shadePixels = 2;
/** Pins that would cover each other are one. */
const pinPixels = 18;

let made = 0;

/** The background of a chart: time lines with labels, gaps with causes, marks, and values that no line reaches. */
export class Backdrop {
  readonly element = svg("svg", { width: "100%" });
  readonly #hatch = `gap-hatch-${++made}`;

  constructor() {
    this.element.classList.add("chart-backdrop");
  }

  draw(data: ChartData, drawn: Drawn[], frame: Frame, box: Box, heights: Heights, height: number, nowMs: number): void {
    const x = (ms: number): number => box.left + ((ms - frame.min) / (frame.max - frame.min)) * box.width;
    const between = (ms: number): number => Math.min(box.left + box.width, Math.max(box.left, x(ms)));
    const seen = data.marks.filter((m) => m.toMs >= frame.min && m.fromMs <= frame.max);
    this.element.setAttribute("height", String(height));
    this.element.replaceChildren(
      svg("defs", {}, hatch(this.#hatch)),
      ...(data.shades ?? []).filter((s) => s.fromMs < s.toMs && s.toMs >= frame.min && s.fromMs <= frame.max).map((shade) => shadeOf(shade, between(shade.fromMs), between(shade.toMs), box)),
      ...data.gaps.flatMap((gap) => this.#gap(gap, between(gap.fromMs), between(reachesNow(gap, data) ? Math.max(gap.toMs, nowMs) : gap.toMs), box)),
      ...this.#ticks(frame, box, x),
      zoneLabel(zonesIn(frame.min, frame.max), box),
      ...lateIn(data, frame).map((mark) => lateStrip(mark, between(mark.fromMs), between(mark.toMs), box)),
      ...limitLines(data.limits ?? [], heights, box),
      ...bars(drawn, frame, box, x, heights),
      ...dots(drawn, frame, x, heights),
      ...together(seen.filter(isPin), x).map((marks) => pinOf(marks, x(marks[0].fromMs), box)),
    );
  }

  #gap(gap: Gap, from: number, to: number, box: Box): SVGElement[] {
    if (to <= from) {
      return [];
    }

    const band = svg("rect", { x: from, y: box.top, width: Math.max(1, to - from), height: box.height, fill: `url(#${this.#hatch})` }, svg("title", {}, gap.cause));
    band.setAttribute("data-gap", gap.cause);
    const word = wordIn(to - from - wordMargin, gap.cause);
    if (!word) {
      // If a band is too narrow for its label, the crosshair shows it.
      return [band];
    }

    const y = box.top + Math.min(18, box.height / 2 + 4);
    return [
      band,
      svg("rect", { x: from + 4, y: y - 12, width: Math.min(to - from - 8, word.length * letterPixels + 20), height: 17, rx: 4, fill: css("--sheet"), "fill-opacity": 0.85 }),
      svg("path", { d: `M${from + 8} ${y - 8}l8 8m0 -8l-8 8`, stroke: css("--ink-soft"), "stroke-width": 1.5, fill: "none" }),
      svg("text", { x: from + 20, y: y + 0.5, fill: css("--ink-soft"), "font-size": 12, "font-family": fontFamily }, word),
    ];
  }

  #ticks(frame: Frame, box: Box, x: (ms: number) => number): SVGElement[] {
    return ticks(frame.min, frame.max, box.width).flatMap((tick) => [
      svg("line", {
        "data-tick": String(tick.ms), x1: x(tick.ms), x2: x(tick.ms), y1: box.top, y2: box.top + box.height, stroke: css(tick.isMajor ? "--line-strong" : "--line"), "stroke-opacity": tick.isMajor ? 0.35 : 1,
      }),
      ...(tick.label ? [label(tick.label, x(tick.ms) + tick.shift, box, "middle", tick.isMajor ? 650 : 400)] : []),
    ]);
  }
}

/** The pattern of gaps: hatched, so that a gap is not shown by colour alone. */
export const hatch = (id: string): SVGElement =>
  svg(
    "pattern",
    { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 8, height: 8, fill: css("--gap") }),
    svg("line", { x1: 0, y1: 0, x2: 0, y2: 8, stroke: css("--gap-line"), "stroke-width": 1.5 }),
  );

/** As much of a word as there is room for; nothing if that is less than a few letters. */
export function wordIn(room: number, word: string): string {
  const letters = Math.floor(room / letterPixels);
  return room < 3 * letterPixels ? "" : word.length <= letters ? word : `${word.slice(0, Math.max(1, letters - 1))}…`;
}

const reachesNow = (gap: Gap, data: ChartData): boolean => data.isLive && gap.toMs >= data.toMs;

/** The times in view whose values came late. */
export const lateIn = (data: ChartData, frame: Frame): Mark[] => data.marks.filter((m) => !isPin(m) && m.toMs >= frame.min && m.fromMs <= frame.max);

/** A text below the time axis. */
const label = (text: string, x: number, box: Box, anchor: "middle" | "end", weight: number, size = labelSize): SVGElement =>
  svg("text", { x, y: box.top + box.height + labelBelow, fill: css("--ink-soft"), "font-size": size, "font-weight": weight, "font-family": fontFamily, "text-anchor": anchor }, text);

/** Left of the axis, smaller if that is what it takes to be whole. */
function zoneLabel(text: string, box: Box): SVGElement {
  const [end, needed] = [box.left - 6, widthOf(text, labelSize, 400)];
  return label(text, end, box, "end", 400, needed > end ? (labelSize * end) / needed : labelSize);
}

/** A strip below the axis, dashed: below the line whose values came late. */
function lateStrip(mark: Mark, from: number, to: number, box: Box): SVGElement {
  const y = box.top + box.height + lateBelow;
  const title = svg("title", {}, mark.remark);
  const strip = svg("line", { x1: from, x2: Math.max(from + 3, to), y1: y, y2: y, stroke: css("--late"), "stroke-width": latePixels, "stroke-dasharray": "6 3" }, title);
  strip.setAttribute("data-mark", mark.kind);
  return strip;
}

/** A stretch that is short beside the time in view is a thin line, and stronger: it is what somebody looks for. */
function shadeOf(shade: Shade, from: number, to: number, box: Box): SVGElement {
  const width = Math.max(shadePixels, to - from);
  const strength = (shade.isFaint ? 0.05 : 0.12) * (to - from < 2 * shadePixels ? 4 : 1);
  const size = { x: Math.min(from, box.left + box.width - width), y: box.top, width, height: box.height };
  const band = svg("rect", { ...size, fill: css("--alarm"), "fill-opacity": strength }, svg("title", {}, shade.word));
  band.setAttribute("data-shade", shade.word);
  return band;
}

type Pins = [Mark, ...Mark[]];

/** Pins in order; those too near to the first of the ones before are with it. */
function together(pins: Mark[], x: (ms: number) => number): Pins[] {
  const groups: Pins[] = [];
  for (const pin of [...pins].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = groups.at(-1);
    if (last && x(pin.fromMs) - x(last[0].fromMs) < pinPixels) {
      last.push(pin);
    } else {
      groups.push([pin]);
    }
  }

  return groups;
}

/** A pin with the sign of its mark, or with the number of marks at this place. */
function pinOf(marks: Pins, at: number, box: Box): SVGElement {
  const kinds = [...new Set(marks.map((m) => m.kind))] as PinKind[];
  const colour = css(kinds.includes("error") || kinds.includes("alarm") ? "--alarm" : kinds.includes("note") ? "--accent" : "--ink-soft");
  const pin = svg(
    "g",
    {},
    svg("line", { x1: at, x2: at, y1: box.top, y2: box.top + box.height, stroke: colour, "stroke-width": 1.5, "stroke-dasharray": "3 3" }),
    svg("circle", { cx: at, cy: box.top + 2, r: 8, fill: css("--sheet"), stroke: colour, "stroke-width": 1.5 }),
    marks.length > 1
      ? svg("text", { x: at, y: box.top + 6, fill: colour, "font-size": 11, "font-weight": 700, "font-family": fontFamily, "text-anchor": "middle" }, String(marks.length))
      : svg("path", { d: signs[kinds[0] as PinKind], transform: `translate(${at - 5} ${box.top - 3}) scale(0.4167)`, stroke: colour, "stroke-width": 3.5, fill: "none", "stroke-linecap": "round" }),
    svg("title", {}, marks.map((m) => m.remark).join("\n")),
  );
  pin.setAttribute("data-mark", kinds.join(" "));
  return pin;
}

type PinKind = keyof typeof signs;

/** 24 × 24: two arrows, written lines, an arrow round, an exclamation mark, a bell, a tick. */
const signs = {
  logger: "M4 8h14l-4-4M20 16H6l4 4",
  note: "M5 6h14M5 12h14M5 18h8",
  restart: "M19 12a7 7 0 1 1-2.3-5.2M18 3v5h-5",
  error: "M12 3v11M12 20v0.5",
  alarm: "M5 17h14M7 17v-6a5 5 0 0 1 10 0v6M11 21h2",
  acknowledged: "M4 12l6 6L20 6",
} as const;
