import { type Axis, axesOf, type AxisPlace, type AxisRoom, roomFor, spread } from "./axes";
import { hatch, wordIn } from "./backdrop";
import { type BandPoint, type Box, type ChartOptions, colourOf, css, dashOf, type Drawn, type Frame, type Point } from "./model";
import type { Plot } from "./plot";
import { heightIn, type Heights } from "./scale";
import { block } from "./states";
import { fontFamily, svg } from "./svg";
import { widthOf } from "./text";

const top = 14;
const axisPixels = 28;
const aboveRows = 12;
const rowPixels = 20;
const stateRowPixels = 30;
const labelSize = 12;
const numberRadius = 8;
const besideLine = 12;
const shareOfBand = 0.16;

let made = 0;

/**
 * Lines of several measuring points: an axis for each unit, the number of each line at its end, and below them a row for each series with its own
 * gaps. The series of one chart are otherwise drawn by lines.ts and states.ts.
 */
export class Compared implements Plot {
  readonly #host: HTMLElement;
  readonly #options: ChartOptions;
  readonly #svg = svg("svg", { width: "100%" });
  readonly #ids = { hatch: `row-hatch-${++made}`, clip: `compared-clip-${made}` };
  #drawn: Drawn[];
  #frame: Frame;
  /** Where the data ends; the frame moves on with time. */
  #endMs: number;
  #axes: Axis[] = [];
  #room: AxisRoom = { left: 0, right: 0, places: [] };

  constructor(host: HTMLElement, options: ChartOptions, drawn: Drawn[], frame: Frame) {
    this.#host = host;
    this.#options = options;
    this.#drawn = drawn;
    this.#frame = frame;
    this.#endMs = frame.max;
  }

  render(): Promise<void> {
    this.#svg.classList.add("compared");
    this.#host.append(this.#svg);
    return this.restyle();
  }

  show(drawn: Drawn[], frame: Frame): Promise<void> {
    this.#drawn = drawn;
    this.#endMs = frame.max;
    return this.move(frame);
  }

  move(frame: Frame): Promise<void> {
    this.#frame = frame;
    return this.restyle();
  }

  restyle(): Promise<void> {
    this.#axes = axesOf(this.#drawn);
    this.#room = roomFor(this.#axes.map((axis) => Math.max(...axis.labels.map((text) => widthOf(text, labelSize, 400)))), this.#host.clientWidth);
    const box = this.#plotBox();
    this.#svg.setAttribute("height", String(this.#options.height));
    this.#svg.replaceChildren(
      svg("defs", {}, hatch(this.#ids.hatch), svg("clipPath", { id: this.#ids.clip }, svg("rect", { x: box.left, y: box.top - 2, width: box.width, height: box.height + 4 }))),
      ...this.#axes.flatMap((axis, i) => this.#axis(axis, this.#room.places[i] as AxisPlace, i === 0, box)),
      svg("g", { "clip-path": `url(#${this.#ids.clip})` }, ...this.#drawn.flatMap((one, i) => this.#band(one, i)), ...this.#drawn.flatMap((one, i) => this.#line(one, i))),
      ...this.#ends(box),
      ...this.#drawn.flatMap((one, i) => this.#row(one, i)),
    );
    return Promise.resolve();
  }

  /** From the highest value to the lowest row. */
  box(): Box {
    const { left, right } = this.#room;
    return { left, top, width: Math.max(0, this.#host.clientWidth - left - right), height: this.#options.height - axisPixels - top };
  }

  heights(): Heights {
    const box = this.#plotBox();
    const scales = new Map(this.#axes.flatMap((axis) => axis.series.map((series) => [series, axis.scale] as const)));
    return (value, series) => {
      const scale = scales.get(series);
      return scale ? heightIn(scale, box, value) : box.top;
    };
  }

  dispose(): void {
    this.#svg.remove();
  }

  #plotBox(): Box {
    const rows = this.#drawn.reduce((sum, one) => sum + heightOfRow(one), aboveRows);
    return { ...this.box(), height: Math.max(0, this.box().height - rows) };
  }

  #x(ms: number): number {
    const { left, width } = this.box();
    return left + ((ms - this.#frame.min) / (this.#frame.max - this.#frame.min)) * width;
  }

  /** The labels of an axis, in the colour of its line if there is one alone, and the lines across the plot, which all axes share. */
  #axis({ labels, scale, series }: Axis, place: AxisPlace, hasLines: boolean, box: Box): SVGElement[] {
    const colour = series.length === 1 && this.#axes.length > 1 ? colourOf(series[0] ?? 0) : css("--ink-soft");
    const x = place.isLeft ? box.left - place.away : box.left + box.width + place.away;
    const lower = (place.line - (place.lines - 1) / 2) * (labelSize + 1);
    return labels.flatMap((text, i) => {
      const y = box.top + (1 - i / scale.tickAmount) * box.height;
      const label = svg("text", { x, y: y + 4 + lower, fill: colour, "font-size": labelSize, "font-family": fontFamily, "text-anchor": place.isLeft ? "end" : "start" }, text);
      label.setAttribute("data-axis", String(series[0]));
      return [...(hasLines ? [svg("line", { x1: box.left, x2: box.left + box.width, y1: y, y2: y, stroke: css("--line") })] : []), label];
    });
  }

  #band({ bands, options }: Drawn, series: number): SVGElement[] {
    const y = this.heights();
    const parts = options.kind === "continuous" ? unbroken(bands, (b) => b.y[0] !== null) : [];
    return parts.map((part) => {
      const high = part.map((b) => `${round(this.#x(b.x))} ${round(y(b.y[1] as number, series))}`);
      const low = part.map((b) => `${round(this.#x(b.x))} ${round(y(b.y[0] as number, series))}`).reverse();
      const colour = colourOf(series);
      return svg("path", { d: `M${[...high, ...low].join("L")}Z`, fill: colour, "fill-opacity": shareOfBand, stroke: colour, "stroke-opacity": 0.4, "stroke-width": 1, "data-band": series });
    });
  }

  #line({ points, options }: Drawn, series: number): SVGElement[] {
    const y = this.heights();
    const parts = options.kind === "continuous" ? unbroken(points, (p) => p.y !== null) : [];
    const d = parts.map((part) => `M${part.map((p) => `${round(this.#x(p.x))} ${round(y(p.y as number, series))}`).join("L")}`).join("");
    const width = points.length > this.#host.clientWidth / 2 ? 1.25 : 2;
    return d ? [svg("path", { d, fill: "none", stroke: colourOf(series), "stroke-width": width, "stroke-dasharray": dashOf(series) || "none", "stroke-linejoin": "round", "data-line": series })] : [];
  }

  /** The number of each line beside its newest point in view; two that would cover each other stand apart. */
  #ends(box: Box): SVGElement[] {
    const y = this.heights();
    const ends = this.#drawn.flatMap(({ points, options }, series) => {
      const last = options.kind === "binary" ? undefined : points.findLast((p) => p.y !== null && p.x <= this.#frame.max && p.x >= this.#frame.min);
      return last ? [{ series, x: Math.min(this.#x(last.x), box.left + box.width) + besideLine, y: y(last.y as number, series) }] : [];
    });
    const apart = spread(ends.map((end) => end.y), 2 * numberRadius + 1, box.top, box.top + box.height);
    return ends.map((end, i) => numberOf(end.series, end.x, apart[i] ?? end.y));
  }

  /** Where a series has values, where it has none and why, and which came late; of a binary one its states. */
  #row(drawn: Drawn, series: number): SVGElement[] {
    const box = this.box();
    const above = this.#drawn.slice(0, series).reduce((sum, one) => sum + heightOfRow(one), 0);
    const row = { left: box.left, width: box.width, top: this.#plotBox().top + this.#plotBox().height + aboveRows + above + 3, height: heightOfRow(drawn) - 6 };
    const middle = row.top + row.height / 2;
    const isHidden = drawn.points.length + drawn.states.length + drawn.gaps.length === 0;
    return [
      ...(isHidden ? [] : [numberOf(series, box.left - besideLine, middle)]),
      ...this.#there(drawn, series, middle),
      ...drawn.states.flatMap((state) => block(drawn, state, row, this.#frame, colourOf(series))),
      ...drawn.gaps.flatMap((gap) => this.#gap(gap.cause, this.#between(gap.fromMs), this.#between(gap.toMs >= this.#endMs ? this.#frame.max : gap.toMs), row)),
      ...drawn.late.map((late) => this.#late(late.remark, this.#between(late.fromMs), this.#between(late.toMs), row)),
    ];
  }

  #between(ms: number): number {
    const { left, width } = this.box();
    return Math.min(left + width, Math.max(left, this.#x(ms)));
  }

  #there({ points }: Drawn, series: number, y: number): SVGElement[] {
    const there = points.filter((p) => p.y !== null);
    const [first, last] = [there[0], there.at(-1)];
    return first && last ? [svg("line", { x1: this.#between(first.x), x2: this.#between(last.x), y1: y, y2: y, stroke: colourOf(series), "stroke-width": 3, "stroke-opacity": 0.55 })] : [];
  }

  #gap(cause: string, from: number, to: number, { top: y, height }: { top: number; height: number }): SVGElement[] {
    if (to <= from) {
      return [];
    }

    const word = wordIn(to - from - 12, cause);
    const cover = svg("rect", { x: from, y, width: Math.max(1, to - from), height, fill: css("--sheet") });
    const band = svg("rect", { x: from, y, width: Math.max(1, to - from), height, fill: `url(#${this.#ids.hatch})`, stroke: css("--gap-line"), "data-gap": cause }, svg("title", {}, cause));
    return [cover, band, ...(word ? [svg("text", { x: from + 6, y: y + height / 2 + 4, fill: css("--ink-soft"), "font-size": 11, "font-family": fontFamily }, word)] : [])];
  }

  #late(remark: string, from: number, to: number, { top: y, height }: { top: number; height: number }): SVGElement {
    const title = svg("title", {}, remark);
    return svg("line", { x1: from, x2: Math.max(from + 3, to), y1: y + height, y2: y + height, stroke: css("--late"), "stroke-width": 4, "stroke-dasharray": "6 3", "data-mark": "late" }, title);
  }
}

const heightOfRow = ({ options }: Drawn): number => (options.kind === "binary" ? stateRowPixels : rowPixels);

const round = (pixels: number): number => Math.round(pixels * 10) / 10;

/** The parts between breaks of two points and more; single ones are dots (dots.ts). */
function unbroken<T extends Point | BandPoint>(points: T[], isThere: (point: T) => boolean): T[][] {
  const parts: T[][] = [[]];
  for (const point of points) {
    if (isThere(point)) {
      parts.at(-1)?.push(point);
    } else {
      parts.push([]);
    }
  }

  return parts.filter((part) => part.length > 1);
}

/** A line's number in a ring of its colour. */
function numberOf(series: number, x: number, y: number): SVGElement {
  const colour = colourOf(series);
  return svg(
    "g",
    { "data-number": series + 1 },
    svg("circle", { cx: x, cy: y, r: numberRadius, fill: css("--sheet"), stroke: colour, "stroke-width": 1.5 }),
    svg("text", { x, y: y + 4, fill: colour, "font-size": 11, "font-weight": 700, "font-family": fontFamily, "text-anchor": "middle" }, String(series + 1)),
  );
}
