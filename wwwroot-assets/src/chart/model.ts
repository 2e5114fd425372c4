/**
 * The data that Components/Controls/TimeSeriesChart passes to a chart, and its decoded form. Numbers are bytes of doubles, because JSON
 * has no NaN.
 */

export interface SeriesOptions {
  name: string;
  unit: string;
  kind: "continuous" | "counter" | "binary";
  decimals: number;
  /** The scale is at least so high; 0 for ten steps of the last digit. */
  smallestSpan: number;
  /** The lowest and the highest value of the scale; null where it follows the values. */
  scale?: [number, number] | null;
  /** The words for 0 and 1 of a binary series. */
  words: [string, string];
  /** Series with the same number share an axis. */
  axis: number;
}

export interface ChartOptions {
  height: number;
  title: string;
  /** Whether the user may add notes. */
  canNote: boolean;
  /** Whether the series come from several measuring points: each has an end with its number, and a row with its own gaps. */
  isComparison: boolean;
  series: SeriesOptions[];
}

export interface SeriesData {
  /** Time in Unix ms and value; NaN breaks the line. */
  points: Uint8Array;
  /** Time, minimum, maximum. */
  band: Uint8Array | null;
  /** From, until, state (NaN: changed too often to draw each), changes, share of 1. */
  states: Uint8Array | null;
  /** Of a comparison: the times without values and those whose values came late, of this series alone. */
  gaps: Gap[] | null;
  late: Mark[] | null;
}

export interface Gap {
  fromMs: number;
  toMs: number;
  cause: string;
}

/** A range of time with a remark, or a moment if both times are equal. */
export interface Mark {
  kind: "late" | "logger" | "note" | "restart" | "error" | "alarm" | "acknowledged";
  fromMs: number;
  toMs: number;
  remark: string;
}

/** Whether it is drawn as a pin at its moment. */
export const isPin = (mark: Mark): boolean => mark.kind !== "late";

/** A level line; the scale holds it. */
export interface Limit {
  value: number;
  word: string;
  isCritical: boolean;
}

/** A stretch of time that is shaded behind everything else. */
export interface Shade {
  fromMs: number;
  toMs: number;
  word: string;
  isFaint: boolean;
}

export interface ChartData {
  fromMs: number;
  toMs: number;
  /** Whether the right edge is now and moves on by itself. */
  isLive: boolean;
  /** How many whole days of the page's zone each point stands for; 0 if points are moments. */
  days: number;
  series: SeriesData[];
  gaps: Gap[];
  marks: Mark[];
  /** In the unit of the first series. */
  limits?: Limit[];
  shades?: Shade[];
}

export type Point = { x: number; y: number | null };
export type BandPoint = { x: number; y: [number, number] | [null, null] };

export interface State {
  fromMs: number;
  toMs: number;
  /** 0 or 1; undefined where it changed too often to draw each change. */
  state: 0 | 1 | undefined;
  changes: number;
  shareOfOne: number;
}

export interface Drawn {
  options: SeriesOptions;
  points: Point[];
  bands: BandPoint[];
  states: State[];
  gaps: Gap[];
  late: Mark[];
  limits?: Limit[];
}

/** What a sign of a chart means. */
export interface Legend {
  name: string;
  colour: string;
  /** Whether it is a strip below the axis, and not a line. */
  isStrip: boolean;
  /** The dashes of the line; without, it is a dot. */
  dash?: string;
}

/** A stretch of time in view. */
export interface Frame {
  min: number;
  max: number;
}

/** Where the plot lies in the chart's box, in pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function read(options: ChartOptions, data: ChartData): Drawn[] {
  return options.series.map((its, i) => {
    const series = data.series[i];
    return {
      options: its,
      points: series ? rows(series.points, 2).map(([x, y]) => ({ x: x as number, y: numberOrNull(y) })) : [],
      bands: series?.band ? rows(series.band, 3).map(bandPoint) : [],
      states: series?.states ? rows(series.states, 5).map(state) : [],
      gaps: series?.gaps ?? [],
      late: series?.late ?? [],
      limits: i === 0 ? (data.limits ?? []) : [],
    };
  });
}

function bandPoint([x, low, high]: number[]): BandPoint {
  return { x: x as number, y: Number.isNaN(low) ? [null, null] : [low as number, high as number] };
}

function state([fromMs, toMs, value, changes, shareOfOne]: number[]): State {
  return {
    fromMs: fromMs as number,
    toMs: toMs as number,
    state: value === 0 || value === 1 ? value : undefined,
    changes: changes as number,
    shareOfOne: shareOfOne as number,
  };
}

const numberOrNull = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

function rows(bytes: Uint8Array, width: number): number[][] {
  // A copy: the bytes needn't lie on a multiple of eight.
  const values = new Float64Array(bytes.slice().buffer);
  return Array.from({ length: Math.floor(values.length / width) }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
}

/** A colour or size of the theme. */
export const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The colour of a chart's series. */
export const colourOf = (series: number): string => css(`--series-${(series % 8) + 1}`);

/** The dashes of a line in a comparison: the second four colours differ from the first also by them. */
export const dashOf = (series: number): string => (series < 4 ? "" : "7 4");
