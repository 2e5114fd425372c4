import ApexCharts from "apexcharts";
import { narrowPixels } from "./edges";
import { type Box, type ChartOptions, colourOf, css, type Drawn, type Frame } from "./model";
import type { Plot } from "./plot";
import { heightOf, type Heights, scaleOf, tickText } from "./scale";

/** Lines and their bands, drawn by ApexCharts. Time lines, gaps, marks, and bars of counters lie behind (backdrop.ts). */
export class Lines implements Plot {
  readonly #host: HTMLElement;
  readonly #options: ChartOptions;
  readonly #chart: ApexCharts;
  #drawn: Drawn[];
  #frame: Frame;

  constructor(host: HTMLElement, options: ChartOptions, drawn: Drawn[], frame: Frame) {
    this.#host = host;
    this.#options = options;
    this.#drawn = drawn;
    this.#frame = frame;
    this.#chart = new ApexCharts(host, this.#all());
  }

  async render(): Promise<void> {
    await this.#chart.render();
  }

  async show(drawn: Drawn[], frame: Frame): Promise<void> {
    const isFramed = frame.min === this.#frame.min && frame.max === this.#frame.max;
    this.#drawn = drawn;
    this.#frame = frame;
    if (isFramed) {
      await this.#chart.updateSeries(this.#series() as ApexAxisChartSeries, false);
    } else {
      await this.#update({ series: this.#series(), fill: this.#fill(), stroke: this.#stroke(), ...this.#axes() });
    }
  }

  async move(frame: Frame): Promise<void> {
    this.#frame = frame;
    await this.#update(this.#axes());
  }

  async restyle(): Promise<void> {
    await this.#update({ ...this.#colours(), ...this.#axes() });
  }

  box(): Box {
    const { translateX, translateY, gridWidth, gridHeight } = (this.#chart as unknown as { w: { globals: Record<string, number> } }).w.globals;
    return { left: translateX ?? 0, top: translateY ?? 0, width: gridWidth ?? 0, height: gridHeight ?? 0 };
  }

  heights(): Heights {
    return heightOf(this.#drawn, this.box());
  }

  dispose(): void {
    this.#chart.destroy();
  }

  async #update(options: object): Promise<void> {
    await this.#chart.updateOptions(options, false, false, false);
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
        zoom: { enabled: false },
        selection: { enabled: false },
        background: "transparent",
        parentHeightOffset: 0,
        redrawOnParentResize: true,
      },
      series: this.#series(),
      fill: this.#fill(),
      markers: { size: 0, strokeWidth: 0, hover: { size: 0 }, showNullDataPoints: true },
      states: { hover: { filter: { type: "none" } }, active: { filter: { type: "none" } } },
      dataLabels: { enabled: false },
      legend: { show: false },
      tooltip: { enabled: false },
      ...this.#axes(),
      noData: { text: "" },
    };
  }

  /** The layers in the order they are drawn: bands below lines. */
  #layers(): ("band" | "line" | "bar")[] {
    const lines = this.#drawn.map((d) => (d.options.kind === "counter" ? ("bar" as const) : ("line" as const)));
    return [...this.#drawn.filter((d) => d.bands.length > 0).map(() => "band" as const), ...lines];
  }

  #series(): object[] {
    const banded = this.#drawn.filter((d) => d.bands.length > 0);
    return [
      ...banded.map((d) => ({ name: `${d.options.name} band`, type: "rangeArea", data: d.bands })),
      ...this.#drawn.map((d) => ({ name: d.options.name, type: "line", data: d.points })),
    ];
  }

  #fill(): object {
    return { type: "solid", opacity: this.#layers().map((l) => (l === "band" ? 0.18 : 1)) };
  }

  #stroke(palette = this.#colours().colors): object {
    const layers = this.#layers();
    return {
      curve: "straight",
      // The band has an edge, or a single spike among a thousand points would be thinner than a pixel.
      width: layers.map((layer) => (layer === "band" ? 1 : layer === "bar" ? 0 : this.#lineWidth())),
      colors: layers.map((layer, i) => (layer === "band" ? `${palette[i]}66` : palette[i])),
      lineCap: "round",
    };
  }

  /** Thinner where points lie closer than the line is wide. */
  #lineWidth(): number {
    const most = Math.max(0, ...this.#drawn.map((d) => d.points.length));
    return most > this.#host.clientWidth / 2 ? 1.25 : 2;
  }

  #axes(): { xaxis: object; yaxis: object } {
    return { xaxis: this.#xaxis(), yaxis: this.#yaxis() };
  }

  #xaxis(): object {
    return {
      type: "datetime",
      min: this.#frame.min,
      max: this.#frame.max,
      // The chart's own labels know UTC and no round steps: ours lie behind.
      labels: { show: false },
      axisBorder: { show: false },
      axisTicks: { show: false },
      crosshairs: { show: false },
      tooltip: { enabled: false },
    };
  }

  #yaxis(): object {
    const { decimals = 0, unit = "" } = this.#options.series[0] ?? {};
    const isEmpty = this.#drawn.every((d) => d.points.length === 0);
    const scale = scaleOf(this.#drawn);
    const write = tickText(scale, decimals, unit, this.#host.clientWidth < narrowPixels ? 10 : 13);
    const formatter = (v?: number | null): string => (typeof v === "number" && !isEmpty ? write(v) : "");
    return { ...scale, labels: { ...this.#labels(), formatter }, axisBorder: { show: false } };
  }

  /** Charts below each other begin at the same place (edges.ts). */
  #labels(): object {
    return this.#host.clientWidth < narrowPixels ? { minWidth: 58, maxWidth: 58, offsetX: -14 } : { minWidth: 76, maxWidth: 76, offsetX: -10 };
  }

  #colours(): { chart: object; colors: string[]; grid: object; stroke: object; theme: object } {
    const colors = [...this.#drawn.flatMap((d, i) => (d.bands.length > 0 ? [colourOf(i)] : [])), ...this.#drawn.map((_, i) => colourOf(i))];
    return {
      chart: { foreColor: css("--ink-soft") },
      colors,
      stroke: this.#stroke(colors),
      grid: { borderColor: css("--line"), strokeDashArray: 0, padding: { left: -2, right: 20, top: -8, bottom: 8 } },
      theme: { mode: document.documentElement.dataset["theme"] === "dark" ? "dark" : "light" },
    };
  }
}
