/**
 * Draws time series with ApexCharts for Components/Controls/TimeSeriesChart. Loaded only where a chart is.
 * Points arrive as the bytes of doubles (time in Unix ms, value; NaN breaks the line), so that a thousand of them are 16 KB.
 */
import ApexCharts from "apexcharts";
import english from "apexcharts/dist/locales/en.json";
import polish from "apexcharts/dist/locales/pl.json";
import { type Tick, ticks } from "./ticks";
import { fullTime } from "./times";
import { fixed } from "./numbers";
import { words } from "./words";

interface SeriesOptions {
  name: string;
  unit: string;
  kind: "continuous" | "binary";
  decimals: number;
  /** The words for 0 and 1 of a binary series. */
  words: [string, string];
}

interface ChartOptions {
  height: number;
  series: SeriesOptions[];
}

interface SeriesData {
  points: Uint8Array;
  /** Time, minimum, maximum. */
  band: Uint8Array | null;
}

interface Gap {
  fromMs: number;
  toMs: number;
  cause: string;
}

interface Mark {
  fromMs: number;
  toMs: number;
  remark: string;
}

interface ChartData {
  fromMs: number;
  toMs: number;
  series: SeriesData[];
  gaps: Gap[];
  marks: Mark[];
}

type Point = { x: number; y: number | null };
type BandPoint = { x: number; y: [number, number] | [null, null] };

interface Drawn {
  options: SeriesOptions;
  points: Point[];
  bands: BandPoint[];
}

/** How often a chart looks whether time has moved it on by a pixel. */
const lookEveryMs = 10_000;
/** Charts narrower than this spare what they can. */
const narrowPixels = 480;
/** The room a word over a gap takes. */
const wordPixels = 64;

const drawnIn = new WeakMap<HTMLElement, TimeSeriesChart>();

/** A chart in `host`; one that is there already goes: whoever drew it may have lost it with a cut line. */
export async function create(host: HTMLElement, options: ChartOptions, data: ChartData): Promise<TimeSeriesChart> {
  drawnIn.get(host)?.dispose();
  const chart = new TimeSeriesChart(host, options, data);
  drawnIn.set(host, chart);
  await chart.render();
  return chart;
}

class TimeSeriesChart {
  readonly #host: HTMLElement;
  readonly #options: ChartOptions;
  readonly #chart: ApexCharts;
  #data: ChartData;
  #drawn: Drawn[];
  #zoomed: { min: number; max: number } | undefined;
  #disposed = false;
  #width = 0;
  /** When the data came, and how far the window has moved on since, in ms. */
  #cameAt = Date.now();
  #shift = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #resize = new ResizeObserver(() => this.#onResize());
  readonly #onTheme = (): void => void this.#redraw({ ...this.#colours(), ...this.#frame() });

  constructor(host: HTMLElement, options: ChartOptions, data: ChartData) {
    this.#host = host;
    this.#options = options;
    this.#data = data;
    this.#drawn = this.#read(data);
    this.#chart = new ApexCharts(host, this.#all());
  }

  async render(): Promise<void> {
    document.addEventListener("portal-theme", this.#onTheme);
    document.addEventListener("portal-zone", this.#onTheme);
    await this.#chart.render();
    this.#resize.observe(this.#host);
    this.#timer = setInterval(() => this.#moveOn(), lookEveryMs);
  }

  async update(data: ChartData): Promise<void> {
    if (data.toMs - data.fromMs !== this.#data.toMs - this.#data.fromMs) {
      // Another range was chosen, and with it the zoom is forgotten.
      this.#zoomed = undefined;
    }

    const isFramed = data.fromMs === this.#data.fromMs && data.toMs === this.#data.toMs && [...data.gaps, ...this.#data.gaps, ...data.marks, ...this.#data.marks].length === 0;
    this.#data = data;
    this.#drawn = this.#read(data);
    this.#cameAt = Date.now();
    this.#shift = 0;
    if (this.#zoomed || isFramed) {
      // Whoever zoomed in keeps looking at what they chose.
      await this.#chart.updateSeries(this.#series() as ApexAxisChartSeries, false);
    } else {
      await this.#redraw({ series: this.#series(), ...this.#frame(), stroke: this.#stroke() });
    }
  }

  dispose(): void {
    if (this.#disposed) {
      return;
    }

    this.#disposed = true;
    clearInterval(this.#timer);
    document.removeEventListener("portal-theme", this.#onTheme);
    document.removeEventListener("portal-zone", this.#onTheme);
    this.#resize.disconnect();
    this.#chart.destroy();
  }

  async #redraw(options: object): Promise<void> {
    if (!this.#disposed) {
      await this.#chart.updateOptions(options, false, false, false);
    }
  }

  /** The right edge is now, also when nothing comes any more: the line then ends before it. */
  #moveOn(): void {
    const { fromMs, toMs } = this.#data;
    const passed = Date.now() - this.#cameAt;
    const step = Math.max((toMs - fromMs) / Math.max(1, this.#width), lookEveryMs);
    if (!this.#zoomed && document.visibilityState === "visible" && passed - this.#shift >= step) {
      this.#shift = passed;
      void this.#redraw(this.#frame());
    }
  }

  #read(data: ChartData): Drawn[] {
    return this.#options.series.map((options, i) => {
      const series = data.series[i];
      return { options, points: series ? points(series.points) : [], bands: series?.band ? bands(series.band) : [] };
    });
  }

  #all(): object {
    const colours = this.#colours();
    return {
      ...colours,
      chart: {
        ...colours.chart,
        type: "line",
        height: this.#options.height,
        width: "100%",
        animations: { enabled: false },
        fontFamily: "inherit",
        toolbar: { show: false },
        zoom: { enabled: true, type: "x", autoScaleYaxis: false, allowMouseWheelZoom: false },
        background: "transparent",
        parentHeightOffset: 0,
        redrawOnParentResize: true,
        locales: [english, polish],
        defaultLocale: document.documentElement.lang === "pl" ? "pl" : "en",
        events: {
          mounted: () => this.#putGridBehindLines(),
          updated: () => this.#putGridBehindLines(),
          zoomed: (_: unknown, range: { xaxis?: { min?: number; max?: number } }) => this.#onZoom(range.xaxis?.min, range.xaxis?.max),
        },
      },
      series: this.#series(),
      fill: { type: "solid", opacity: this.#layers().map((l) => (l === "band" ? 0.16 : 1)) },
      markers: { size: 0, strokeWidth: 0, hover: { size: 4 }, showNullDataPoints: true },
      dataLabels: { enabled: false },
      legend: { show: false },
      ...this.#frame(),
      tooltip: { shared: true, intersect: false, followCursor: false, custom: (at: { seriesIndex: number; dataPointIndex: number }) => this.#tooltip(at) },
      noData: { text: "" },
    };
  }

  /** The layers in the order they are drawn: bands below lines. */
  #layers(): ("band" | "line")[] {
    return [...this.#drawn.filter((d) => d.bands.length > 0).map(() => "band" as const), ...this.#drawn.map(() => "line" as const)];
  }

  #series(): object[] {
    const banded = this.#drawn.filter((d) => d.bands.length > 0);
    return [
      ...banded.map((d) => ({ name: `${d.options.name} band`, type: "rangeArea", data: d.bands })),
      ...this.#drawn.map((d) => ({ name: d.options.name, type: "line", data: d.points })),
    ];
  }

  /** Everything around the lines. */
  #frame(): { xaxis: object; yaxis: object; annotations: object } {
    return { xaxis: this.#xaxis(), yaxis: this.#yaxis(), annotations: this.#annotations() };
  }

  #stroke(palette = this.#colours().colors): object {
    const layers = this.#layers();
    const line = (i: number): string => (this.#options.series[i]?.kind === "binary" ? "stepline" : "straight");
    const lines = layers.length - this.#drawn.length;
    return {
      curve: layers.map((layer, i) => (layer === "band" ? "straight" : line(i - lines))),
      // The band has an edge, or a single spike among a thousand points would be thinner than a pixel.
      width: layers.map((layer) => (layer === "band" ? 1 : this.#lineWidth())),
      colors: layers.map((layer, i) => (layer === "band" ? `${palette[i]}66` : palette[i])),
      lineCap: "round",
    };
  }

  /** Thinner where points lie closer than the line is wide. */
  #lineWidth(): number {
    const most = Math.max(0, ...this.#drawn.map((d) => d.points.length));
    return this.#options.series[0]?.kind === "binary" || most > this.#host.clientWidth / 2 ? 1.25 : 2;
  }

  /** What is seen: the zoomed part, or everything up to now. */
  #window(): { min: number; max: number } {
    return this.#zoomed ?? { min: this.#data.fromMs + this.#shift, max: this.#data.toMs + this.#shift };
  }

  #xaxis(): object {
    return {
      type: "datetime",
      ...this.#window(),
      // The chart's own labels know UTC and no round steps: ours are drawn as annotations (ticks.ts).
      labels: { show: false },
      axisBorder: { show: false },
      axisTicks: { show: false },
      crosshairs: { show: true, stroke: { color: css("--line-strong"), width: 1, dashArray: 0 } },
      tooltip: { enabled: false },
    };
  }

  #yaxis(): object {
    const first = this.#options.series[0];
    // Charts below each other begin at the same place, unless there is no room for that.
    const labels = this.#host.clientWidth < narrowPixels ? { minWidth: 0, maxWidth: 96, offsetX: -14 } : { minWidth: 56, maxWidth: 96, offsetX: -10 };
    if (first?.kind === "binary") {
      return { min: 0, max: 1, tickAmount: 1, labels: { ...labels, formatter: (v?: number | null) => first.words[(v ?? 0) < 0.5 ? 0 : 1] }, axisBorder: { show: false } };
    }

    const decimals = first?.decimals ?? 0;
    const unit = first?.unit ? ` ${first.unit}` : "";
    const isEmpty = this.#drawn.every((d) => d.points.length === 0);
    const formatter = (v?: number | null): string => (typeof v === "number" && !isEmpty ? fixed(v, decimals) + unit : "");
    return { ...this.#range(decimals), labels: { ...labels, formatter }, axisBorder: { show: false } };
  }

  /** At least ten steps of the sensor high: otherwise a steady value looks like a storm. */
  #range(decimals: number): Range {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    const see = (y: number | null): void => {
      if (y !== null) {
        low = Math.min(low, y);
        high = Math.max(high, y);
      }
    };
    for (const drawn of this.#drawn) {
      drawn.points.forEach((p) => see(p.y));
      drawn.bands.forEach((b) => b.y.forEach(see));
    }

    if (low > high) {
      return { min: 0, max: 1, tickAmount: 4 };
    }

    return niceRange(low, high, 10 ** -decimals);
  }

  #annotations(): object {
    const { min, max } = this.#window();
    const pixel = (max - min) / Math.max(1, this.#host.clientWidth - 90);
    const text = { borderColor: "transparent", orientation: "horizontal", style: { background: "transparent", color: css("--ink-soft"), fontSize: "12px", fontFamily: "inherit" } };
    return {
      xaxis: [
        ...this.#data.gaps.map((gap) => ({
          x: gap.fromMs,
          // One that reaches to now goes on reaching there.
          x2: gap.toMs < this.#data.toMs ? gap.toMs : gap.toMs + this.#shift,
          fillColor: css("--gap"),
          opacity: 1,
          borderColor: "transparent",
          // A band narrower than its word is left to speak for itself.
          label: { ...text, text: Math.min(gap.toMs, max) - Math.max(gap.fromMs, min) > wordPixels * pixel ? gap.cause : "", textAnchor: "start", offsetX: 6, offsetY: 14 },
        })),
        ...this.#data.marks.map((mark) => ({
          x: mark.fromMs,
          x2: mark.toMs,
          fillColor: css("--mark"),
          opacity: 1,
          borderColor: "transparent",
          label: { ...text, text: Math.min(mark.toMs, max) - Math.max(mark.fromMs, min) > 1.5 * wordPixels * pixel ? mark.remark : "", textAnchor: "start", offsetX: 6, offsetY: 14 },
        })),
        ...this.#ticks().map((tick) => ({
          x: tick.ms,
          borderColor: css(tick.isDay ? "--line-strong" : "--line"),
          opacity: tick.isDay ? 0.35 : 1,
          strokeDashArray: 0,
          label: { ...text, text: tick.label, position: "bottom", offsetY: 18, style: { ...text.style, fontWeight: tick.isDay ? 650 : 400 } },
        })),
      ],
    };
  }

  #ticks(): Tick[] {
    this.#width = this.#host.clientWidth;
    const { min, max } = this.#window();
    return ticks(min, max, this.#width - 90);
  }

  #colours(): { chart: object; colors: string[]; grid: object; stroke: object; theme: object } {
    const palette = [1, 2, 3, 4, 5, 6].map((n) => css(`--series-${n}`));
    const colourOf = (i: number): string => palette[i % palette.length] ?? "";
    const colors = [...this.#drawn.flatMap((d, i) => (d.bands.length > 0 ? [colourOf(i)] : [])), ...this.#drawn.map((_, i) => colourOf(i))];
    return {
      chart: { foreColor: css("--ink-soft") },
      colors,
      stroke: this.#stroke(colors),
      grid: { borderColor: css("--line"), strokeDashArray: 0, padding: { left: this.#host.clientWidth < narrowPixels ? -8 : -2, right: 20, top: -16, bottom: 8 } },
      theme: { mode: document.documentElement.dataset["theme"] === "dark" ? "dark" : "light" },
    };
  }

  #tooltip(at: { seriesIndex: number; dataPointIndex: number }): string {
    const layers = this.#series() as { data: Point[] }[];
    const time = layers[at.seriesIndex]?.data[at.dataPointIndex]?.x;
    if (time === undefined) {
      return "";
    }

    const rows = this.#drawn.map((d) => row(d, time)).filter((r) => r !== "");
    const marks = this.#data.marks.filter((m) => m.fromMs <= time && time <= m.toMs).map((m) => `<p><i>${escape(m.remark)}</i></p>`);
    return `<div class="chart-tip"><time>${escape(fullTime(time))}</time>${rows.join("") || `<p>${escape(words.noValue)}</p>`}${marks.join("")}</div>`;
  }

  #onZoom(min: number | undefined, max: number | undefined): void {
    this.#zoomed = min !== undefined && max !== undefined ? { min, max } : undefined;
    this.#host.dataset["zoomed"] = String(this.#zoomed !== undefined);
    void this.#redraw(this.#frame());
  }

  /** Annotations are drawn over the lines, and gaps and time lines are annotations. */
  #putGridBehindLines(): void {
    const grid = this.#host.querySelector(".apexcharts-xaxis-annotations");
    const lines = this.#host.querySelector(".apexcharts-line-series, .apexcharts-rangearea-series");
    if (grid && lines) {
      lines.before(grid);
    }
  }

  /** The chart resizes itself; how many labels there is room for changes with it. */
  #onResize(): void {
    if (Math.abs(this.#host.clientWidth - this.#width) > 8) {
      void this.#redraw({ annotations: this.#annotations() });
    }
  }
}

function row(drawn: Drawn, time: number): string {
  const point = drawn.points.find((p) => p.x === time);
  if (!point || point.y === null) {
    return "";
  }

  const { kind, words: [zero, one], decimals, unit, name } = drawn.options;
  const value = kind === "binary" ? (point.y >= 0.5 ? one : zero) : `${fixed(point.y, decimals)} ${unit}`;
  const band = drawn.bands.find((b) => b.x === time)?.y;
  const extremes = band && band[0] !== null && band[0] !== band[1] ? ` <i>(${fixed(band[0], decimals)} – ${fixed(band[1], decimals)})</i>` : "";
  return `<p><span>${escape(name)}</span><b>${escape(value)}</b>${extremes}</p>`;
}

/** Names and words come from outside, and the chart puts this into the page as HTML. */
function escape(text: string): string {
  const element = document.createElement("i");
  element.textContent = text;
  return element.innerHTML;
}

function doubles(bytes: Uint8Array): Float64Array {
  // A copy: the bytes needn't lie on a multiple of eight.
  return new Float64Array(bytes.slice().buffer);
}

function points(bytes: Uint8Array): Point[] {
  const values = doubles(bytes);
  const result: Point[] = [];
  for (let i = 0; i + 1 < values.length; i += 2) {
    const y = values[i + 1] as number;
    result.push({ x: values[i] as number, y: Number.isNaN(y) ? null : y });
  }

  return result;
}

function bands(bytes: Uint8Array): BandPoint[] {
  const values = doubles(bytes);
  const result: BandPoint[] = [];
  for (let i = 0; i + 2 < values.length; i += 3) {
    const low = values[i + 1] as number;
    const high = values[i + 2] as number;
    result.push({ x: values[i] as number, y: Number.isNaN(low) ? [null, null] : [low, high] });
  }

  return result;
}

interface Range {
  min: number;
  max: number;
  tickAmount: number;
}

/** Four or five equal steps of a round size that hold [low, high], as few and small as do. */
function niceRange(low: number, high: number, resolution: number): Range {
  const wanted = Math.max(high - low, 10 * resolution);
  const power = 10 ** Math.floor(Math.log10(wanted / 5));
  for (const step of [1, 2, 2.5, 5, 10, 20, 25].map((s) => s * power)) {
    for (const tickAmount of [4, 5]) {
      const room = tickAmount * step - (high - low);
      const min = Math.floor((low - Math.max(0, wanted - (high - low)) / 2) / step) * step;
      if (room >= 0 && tickAmount * step >= wanted && min + tickAmount * step >= high) {
        return { min, max: min + tickAmount * step, tickAmount };
      }
    }
  }

  return { min: low, max: high, tickAmount: 4 };
}

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
