import { fileTime, fullTime } from "../times";
import { words } from "../words";
import { zone } from "../zones";
import { fontStyle } from "./fonts";
import { css, type Legend } from "./model";
import { fontFamily, svg } from "./svg";
import type { TimeSeriesChart } from "./time-series";
import { widthOf, wrapped } from "./text";

/** What a picture says beside its chart (Components/Controls/ChartCaption). */
export interface Caption {
  place: string | null;
  lines: string[];
}

const margin = 16;
const linePixels = 18;
const small = 12;

/** Saves a chart as a picture with name, place, range, zone, statistics and the time of saving, in the page's font. Nothing leaves the browser. */
export async function savePicture(chart: TimeSeriesChart, format: "svg" | "png", caption: Caption): Promise<void> {
  const { element, width, height } = picture(chart, caption);
  const style = svg("style", {}, `${await fontStyle(element.textContent)}\ntext{font-variant-numeric:tabular-nums}`);
  element.prepend(style);
  const text = new XMLSerializer().serializeToString(element);
  const name = `${chart.options.title} ${fileTime(chart.frame().min)}`.replace(/[^\p{L}\p{N}]+/gu, "-");
  const blob = format === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await raster(text, width, height);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Writes lines below each other. */
class Sheet {
  readonly parts: SVGElement[] = [];
  y = margin;

  constructor(readonly width: number) {}

  write(text: string, size: number, weight: number, colour: string): void {
    for (const line of wrapped(text, this.width - 2 * margin, size, weight)) {
      this.y += Math.max(linePixels, size * 1.4);
      this.parts.push(svg("text", { x: margin, y: this.y - 5, "font-size": size, "font-weight": weight, fill: css(colour), "font-family": fontFamily }, line));
    }
  }

  /** The lines of the chart with their colours, as many beside each other as there is room for. */
  legend(entries: Legend[]): void {
    let x = this.width;
    for (const { name, colour, isStrip, dash } of entries) {
      const needed = widthOf(name, small, 400) + 32;
      if (x + needed > this.width - margin) {
        this.y += linePixels;
        x = margin;
      }

      const sign = dash !== undefined
        ? svg("line", { x1: x, x2: x + 14, y1: this.y - 9, y2: this.y - 9, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash || "none" })
        : isStrip
        ? svg("line", { x1: x, x2: x + 14, y1: this.y - 9, y2: this.y - 9, stroke: colour, "stroke-width": 5, "stroke-dasharray": "6 2" })
        : svg("circle", { cx: x + 5, cy: this.y - 9, r: 4, fill: colour });
      this.parts.push(sign, svg("text", { x: x + (isStrip || dash !== undefined ? 19 : 14), y: this.y - 5, "font-size": small, fill: css("--ink-soft"), "font-family": fontFamily }, name));
      x += needed;
    }
  }

  place(layers: SVGElement[], height: number): void {
    this.parts.push(svg("g", { transform: `translate(${margin} ${this.y + 8})` }, ...layers));
    this.y += height + 14;
  }
}

function picture(chart: TimeSeriesChart, caption: Caption): { element: SVGElement; width: number; height: number } {
  const { back, plot, legend, width: inner, height: innerHeight } = chart.layers();
  const { min, max } = chart.frame();
  const sheet = new Sheet(inner + 2 * margin);
  sheet.write(chart.options.title, 16, 600, "--ink");
  if (caption.place) {
    sheet.write(caption.place, 13, 400, "--ink");
  }

  sheet.write(`${fullTime(min)} – ${fullTime(max)}`, 13, 400, "--ink-soft");
  sheet.legend(legend);
  sheet.place([back, ...(plot ? [plot] : [])].map((layer) => copyOf(layer, inner, innerHeight)), innerHeight);
  caption.lines.forEach((line) => sheet.write(line, 13, 400, "--ink"));
  sheet.write(words.exportedAt(fullTime(Date.now()), zone()), small, 400, "--ink-soft");
  const [width, height] = [sheet.width, sheet.y + margin];
  const element = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("rect", { width, height, fill: css("--sheet") }),
    ...sheet.parts,
  );
  return { element, width, height };
}

/** A layer without the parts that work in a page only. */
function copyOf(layer: SVGElement, width: number, height: number): SVGElement {
  const copy = layer.cloneNode(true) as SVGElement;
  copy.querySelectorAll("foreignObject, style, title, .apexcharts-grid-borders").forEach((e) => e.remove());
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  // The chart's own texts inherit theirs from the page.
  copy.querySelectorAll<SVGElement>("text, tspan").forEach((text) => (text.style.fontFamily = fontFamily));
  return copy;
}

async function raster(text: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = Math.max(2, devicePixelRatio);
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const context = canvas.getContext("2d");
  context?.scale(scale, scale);
  context?.drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/png"));
}
