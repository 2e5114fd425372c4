import { ticks } from "../ticks";
import { dots } from "./dots";
import { type Box, type ChartData, css, type Drawn, type Frame, type Gap, isPin, type Mark } from "./model";
import { heightOf } from "./scale";
import { fontFamily, svg } from "./svg";

/** The room a word over a gap takes, beside its letters. */
const wordMargin = 26;
const letterPixels = 6.2;
const latePixels = 5;
/** Pins that would cover each other are one. */
const pinPixels = 18;

let made = 0;

/** What lies behind the values: time lines with their labels, gaps with their causes, marks, and values that no line leads to. */
export class Backdrop {
  readonly element = svg("svg", { width: "100%" });
  readonly #hatch = `gap-hatch-${++made}`;

  constructor() {
    this.element.classList.add("chart-backdrop");
  }

  draw(data: ChartData, drawn: Drawn[], frame: Frame, box: Box, height: number, nowMs: number): void {
    const x = (ms: number): number => box.left + ((ms - frame.min) / (frame.max - frame.min)) * box.width;
    const between = (ms: number): number => Math.min(box.left + box.width, Math.max(box.left, x(ms)));
    const seen = data.marks.filter((m) => m.toMs >= frame.min && m.fromMs <= frame.max);
    this.element.setAttribute("height", String(height));
    this.element.replaceChildren(
      svg("defs", {}, this.#pattern()),
      ...data.gaps.flatMap((gap) => this.#gap(gap, between(gap.fromMs), between(reachesNow(gap, data) ? Math.max(gap.toMs, nowMs) : gap.toMs), box)),
      ...this.#ticks(frame, box, x),
      ...seen.filter((m) => !isPin(m)).map((mark) => lateStrip(mark, between(mark.fromMs), between(mark.toMs), box)),
      ...dots(drawn, frame, x, heightOf(drawn, box)),
      ...together(seen.filter(isPin), x).map((marks) => pinOf(marks, x(marks[0].fromMs), box)),
    );
  }

  /** Hatched: a gap is not told by its colour alone. */
  #pattern(): SVGElement {
    return svg(
      "pattern",
      { id: this.#hatch, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { width: 8, height: 8, fill: css("--gap") }),
      svg("line", { x1: 0, y1: 0, x2: 0, y2: 8, stroke: css("--gap-line"), "stroke-width": 1.5 }),
    );
  }

  #gap(gap: Gap, from: number, to: number, box: Box): SVGElement[] {
    if (to <= from) {
      return [];
    }

    const band = svg("rect", { x: from, y: box.top, width: Math.max(1, to - from), height: box.height, fill: `url(#${this.#hatch})` }, svg("title", {}, gap.cause));
    band.setAttribute("data-gap", gap.cause);
    const room = to - from - wordMargin;
    if (room < 3 * letterPixels) {
      // A band too narrow for its word is left to the crosshair.
      return [band];
    }

    const letters = Math.floor(room / letterPixels);
    const word = gap.cause.length <= letters ? gap.cause : `${gap.cause.slice(0, Math.max(1, letters - 1))}…`;
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
        x1: x(tick.ms), x2: x(tick.ms), y1: box.top, y2: box.top + box.height, stroke: css(tick.isDay ? "--line-strong" : "--line"), "stroke-opacity": tick.isDay ? 0.35 : 1,
      }),
      svg("text", {
        x: x(tick.ms), y: box.top + box.height + 18, fill: css("--ink-soft"), "font-size": 12, "font-weight": tick.isDay ? 650 : 400, "font-family": fontFamily, "text-anchor": "middle",
      }, tick.label),
    ]);
  }
}

const reachesNow = (gap: Gap, data: ChartData): boolean => data.isLive && gap.toMs >= data.toMs;

/** A strip along the bottom, dashed: below the line whose values came late. */
function lateStrip(mark: Mark, from: number, to: number, box: Box): SVGElement {
  const y = box.top + box.height - latePixels / 2;
  const title = svg("title", {}, mark.remark);
  const strip = svg("line", { x1: from, x2: Math.max(from + 3, to), y1: y, y2: y, stroke: css("--late"), "stroke-width": latePixels, "stroke-dasharray": "6 3" }, title);
  strip.setAttribute("data-mark", mark.kind);
  return strip;
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

/** A pin with the sign of its mark, or with how many it stands for. */
function pinOf(marks: Pins, at: number, box: Box): SVGElement {
  const kinds = [...new Set(marks.map((m) => m.kind))] as PinKind[];
  const colour = css(kinds.includes("error") ? "--alarm" : kinds.includes("note") ? "--accent" : "--ink-soft");
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

/** 24 × 24: two arrows, written lines, an arrow round, an exclamation mark. */
const signs = {
  logger: "M4 8h14l-4-4M20 16H6l4 4",
  note: "M5 6h14M5 12h14M5 18h8",
  restart: "M19 12a7 7 0 1 1-2.3-5.2M18 3v5h-5",
  error: "M12 3v11M12 20v0.5",
} as const;
