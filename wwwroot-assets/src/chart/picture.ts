import { fullTime } from "../times";
import { words } from "../words";
import { zone } from "../zones";
import { css } from "./model";
import { fontFamily, svg } from "./svg";
import type { TimeSeriesChart } from "./time-series";

const margin = 16;
const headPixels = 52;
const footPixels = 28;
const legendPixels = 150;
const linePixels = 16;

/** Saves a chart as a picture with all that tells what it is: title, time, zone, and when it was taken. Nothing leaves the browser. */
export async function savePicture(chart: TimeSeriesChart, format: "svg" | "png"): Promise<void> {
  const { element, width, height } = picture(chart);
  const text = new XMLSerializer().serializeToString(element);
  const name = `${chart.options.title} ${new Date(chart.frame().min).toISOString().slice(0, 16)}`.replace(/[^\p{L}\p{N}]+/gu, "-");
  const blob = format === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await raster(text, width, height);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function picture(chart: TimeSeriesChart): { element: SVGElement; width: number; height: number } {
  const { back, plot, legend, width: inner, height: innerHeight } = chart.layers();
  const [width, height] = [inner + 2 * margin, innerHeight + headOf(legend.length) + footPixels + margin];
  const { min, max } = chart.frame();
  const ink = { fill: css("--ink"), "font-family": fontFamily };
  const soft = { fill: css("--ink-soft"), "font-family": fontFamily, "font-size": 12 };
  const layers = [back, ...(plot ? [plot] : [])].map((layer) => copyOf(layer, inner, innerHeight));
  const element = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("rect", { width, height, fill: css("--sheet") }),
    svg("text", { x: margin, y: 24, "font-size": 16, "font-weight": 600, ...ink }, chart.options.title),
    svg("text", { x: margin, y: 43, ...soft }, `${fullTime(min)} – ${fullTime(max)}`),
    ...legend.flatMap(({ name, colour }, i) => legendEntry(name, colour, width, i)),
    svg("g", { transform: `translate(${margin} ${headOf(legend.length)})` }, ...layers),
    svg("text", { x: margin, y: height - 14, ...soft }, words.exportedAt(fullTime(Date.now()), zone())),
  );
  return { element, width, height };
}

const headOf = (lines: number): number => Math.max(headPixels, linePixels * (lines + 1));

function legendEntry(name: string, colour: string, width: number, index: number): SVGElement[] {
  const [x, y] = [width - margin - legendPixels, linePixels * (index + 1)];
  return [
    svg("circle", { cx: x, cy: y, r: 4, fill: colour }),
    svg("text", { x: x + 10, y: y + 4, fill: css("--ink-soft"), "font-family": fontFamily, "font-size": 12 }, name),
  ];
}

/** A layer as it stands, without what only a page can show. */
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
