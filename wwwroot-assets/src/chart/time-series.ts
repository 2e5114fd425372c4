import { now } from "../clock";
import { Backdrop, lateIn } from "./backdrop";
import { Compared } from "./compared";
import { Crosshair, type Said, sentence, stops } from "./crosshair";
import { Gestures } from "./gestures";
import { Lines } from "./lines";
import { type Box, type ChartData, type ChartOptions, colourOf, css, dashOf, type Drawn, type Frame, type Legend, read } from "./model";
import { type Caption, savePicture } from "./picture";
import type { Plot } from "./plot";
import { StateRows } from "./states";

/** The component that asks for other times. */
export interface Viewer {
  invokeMethodAsync(method: "LookAsync", fromMs: number, toMs: number): Promise<void>;
  invokeMethodAsync(method: "NoteAsync", atMs: number): Promise<void>;
}

/** How often a chart looks whether time has moved it on by a pixel. */
const lookEveryMs = 10_000;
const shortestMs = 60_000;

/** Charts of one page share their crosshair by this event. */
const crossEvent = "portal-chart-cross";

export class TimeSeriesChart {
  readonly options: ChartOptions;
  readonly #host: HTMLElement;
  readonly #viewer: Viewer | undefined;
  readonly #plot: Plot;
  readonly #backdrop = new Backdrop();
  readonly #crosshair = new Crosshair();
  readonly #gestures: Gestures;
  readonly #group: EventTarget;
  readonly #stop = new AbortController();
  readonly #resize = new ResizeObserver(() => void this.#onResize());
  #data: ChartData;
  #drawn: Drawn[];
  #said: Said | undefined;
  #width = 0;
  /** When the data came, and how far the window has moved on since, in ms. */
  #cameAt = Date.now();
  #shift = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: HTMLElement, options: ChartOptions, data: ChartData, viewer?: Viewer) {
    this.#host = host;
    this.options = options;
    this.#viewer = viewer;
    this.#data = data;
    this.#drawn = read(options, data);
    this.#group = host.closest("[data-chart-group]") ?? host;
    const inner = document.createElement("div");
    host.replaceChildren(this.#backdrop.element, inner, this.#crosshair.element, this.#crosshair.tip);
    const Kind = options.isComparison ? Compared : options.series[0]?.kind === "binary" ? StateRows : Lines;
    this.#plot = new Kind(inner, options, this.#drawn, this.frame());
    this.#gestures = new Gestures(this.#focused(), this.#wishes());
  }

  async render(): Promise<void> {
    const { signal } = this.#stop;
    document.addEventListener("portal-theme", () => void this.#restyle(), { signal });
    document.addEventListener("portal-zone", () => void this.#restyle(), { signal });
    this.#group.addEventListener(crossEvent, (e) => this.#cross((e as CustomEvent<number | null>).detail ?? undefined), { signal });
    await this.#plot.render();
    this.#width = this.#host.clientWidth;
    this.#drawBackdrop();
    this.#resize.observe(this.#host);
    this.#timer = setInterval(() => void this.#moveOn(), lookEveryMs);
  }

  async update(data: ChartData): Promise<void> {
    this.#data = data;
    this.#drawn = read(this.options, data);
    this.#cameAt = Date.now();
    this.#shift = 0;
    await this.#plot.show(this.#drawn, this.frame());
    if (!this.#stop.signal.aborted) {
      this.#drawBackdrop();
      this.#cross(this.#said?.ms);
    }
  }

  /** Zooms around the crosshair, or the middle. */
  zoom(factor: number): void {
    const { min, max } = this.frame();
    const at = this.#said?.ms ?? (min + max) / 2;
    this.#look(at - (at - min) * factor, at + (max - at) * factor);
  }

  /** Moves by a share of the visible range. */
  pan(share: number): void {
    const { min, max } = this.frame();
    this.#look(min + share * (max - min), max + share * (max - min));
  }

  /** The visible range. */
  frame(): Frame {
    return { min: this.#data.fromMs + this.#shift, max: this.#data.toMs + this.#shift };
  }

  /** The parts of a saved picture. */
  layers(): { back: SVGElement; plot: SVGElement | null; width: number; height: number; legend: Legend[] } {
    const { series, height, isComparison } = this.options;
    return {
      back: this.#backdrop.element,
      plot: this.#host.querySelector<SVGElement>(".apexcharts-svg, .state-rows, .compared"),
      width: this.#host.clientWidth,
      height,
      legend: [
        ...(series.length > 1 || isComparison ? series.flatMap((s, i) => this.#legendOf(s.name, i)) : []),
        ...[...lateIn(this.#data, this.frame()), ...this.#drawn.flatMap((d) => d.late)].slice(0, 1).map((mark) => ({ name: mark.remark, colour: css("--late"), isStrip: true })),
      ],
    };
  }

  /** A line that is hidden has no sign in a picture. */
  #legendOf(name: string, series: number): Legend[] {
    const { points, states, gaps } = this.#drawn[series] ?? { points: [], states: [], gaps: [] };
    const isHidden = this.options.isComparison && points.length + states.length + gaps.length === 0;
    const dash = this.options.isComparison ? { dash: dashOf(series) } : {};
    return isHidden ? [] : [{ name, colour: colourOf(series), isStrip: false, ...dash }];
  }

  /** Hands the person a picture of it. */
  async save(format: "svg" | "png", caption: Caption): Promise<void> {
    await savePicture(this, format, caption);
  }

  dispose(): void {
    if (!this.#stop.signal.aborted) {
      this.#stop.abort();
      clearInterval(this.#timer);
      this.#resize.disconnect();
      this.#gestures.dispose();
      this.#plot.dispose();
      this.#host.replaceChildren();
    }
  }

  /** The chart's box, which has the focus. */
  #focused(): HTMLElement {
    return this.#host.closest<HTMLElement>(".chart") ?? this.#host;
  }

  /** The right edge is now, also when nothing comes any more: the line then ends before it. */
  async #moveOn(): Promise<void> {
    const { fromMs, toMs, isLive } = this.#data;
    const passed = Date.now() - this.#cameAt;
    const step = Math.max((toMs - fromMs) / Math.max(1, this.#width), lookEveryMs);
    if (isLive && document.visibilityState === "visible" && passed - this.#shift >= step) {
      this.#shift = passed;
      await this.#plot.move(this.frame());
      this.#drawBackdrop();
      this.#cross(this.#said?.ms);
    }
  }

  async #restyle(): Promise<void> {
    await this.#plot.restyle();
    this.#drawBackdrop();
  }

  /** How many labels there is room for changes with the width. */
  async #onResize(): Promise<void> {
    if (this.#host.clientWidth !== this.#width && this.#host.clientWidth > 0) {
      this.#width = this.#host.clientWidth;
      await this.#plot.restyle();
      this.#drawBackdrop();
    }
  }

  #drawBackdrop(): void {
    if (!this.#stop.signal.aborted) {
      this.#backdrop.draw(this.#data, this.#drawn, this.frame(), this.#plot.box(), this.#plot.heights(), this.options.height, this.#data.toMs + this.#shift);
      this.#crosshair.element.append(this.#gestures.selection);
    }
  }

  #wishes() {
    return {
      frame: () => this.frame(),
      box: (): Box => this.#plot.box(),
      point: (ms: number | undefined) => this.#point(ms),
      look: (fromMs: number, toMs: number) => this.#look(fromMs, toMs),
      step: (by: number) => this.#step(by),
      toEnd: (isLast: boolean) => this.#speakAt(stops(this.#drawn, this.#data).at(isLast ? -1 : 0)),
      zoom: (factor: number) => this.zoom(factor),
      pan: (share: number) => this.pan(share),
      note: (ms?: number) => this.#note(ms),
    };
  }

  #point(ms: number | undefined): void {
    this.#group.dispatchEvent(new CustomEvent(crossEvent, { detail: ms }));
  }

  #cross(ms: number | undefined): void {
    if (ms === undefined) {
      this.#said = undefined;
      this.#crosshair.hide();
      this.#crosshair.element.append(this.#gestures.selection);
      return;
    }

    const box = this.#plot.box();
    this.#said = Crosshair.say(ms, this.#drawn, this.#data, this.frame(), box, this.options.isComparison);
    this.#crosshair.show(this.#said, this.frame(), box, this.#plot.heights());
    this.#crosshair.element.append(this.#gestures.selection);
  }

  /** From point to point. */
  #step(by: number): void {
    const all = stops(this.#drawn, this.#data);
    const { min, max } = this.frame();
    const seen = all.filter((ms) => ms >= min && ms <= max);
    const at = this.#said?.ms ?? (by > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
    const [before, after] = [seen.filter((ms) => ms < at), seen.filter((ms) => ms > at)];
    this.#speakAt(by > 0 ? (after[by - 1] ?? after.at(-1)) : (before.at(by) ?? before[0]));
  }

  #speakAt(ms: number | undefined): void {
    if (ms !== undefined) {
      this.#point(ms);
      const voice = this.#focused().querySelector(".voice");
      if (voice && this.#said) {
        voice.textContent = sentence(this.#said);
      }
    }
  }

  /** The visible range can't reach into the future. */
  #note(ms: number | undefined): void {
    if (this.options.canNote) {
      void this.#viewer?.invokeMethodAsync("NoteAsync", Math.floor(Math.min(ms ?? this.#said?.ms ?? Number.POSITIVE_INFINITY, now())));
    }
  }

  #look(fromMs: number, toMs: number): void {
    const middle = (fromMs + toMs) / 2;
    const half = Math.max(shortestMs, toMs - fromMs) / 2;
    void this.#viewer?.invokeMethodAsync("LookAsync", Math.round(middle - half), Math.round(middle + half));
  }
}
