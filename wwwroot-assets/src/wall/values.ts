import { fixed } from "../numbers";
import { facts } from "./facts";
import type { Point, Reading } from "./points";

/** A reading as people read it. */
export interface Shown {
  label: string;
  text: string;
  unit: string;
  remark: string | null;
  /** When it was measured, if other values of the same point go on coming and this one does not, or its sensor delivers none and this was the last. */
  leftBehind: string | null;
}

const mostDecimals = 3;

/** The values of a point; the channel stands behind where two would have the same name. */
export function valuesOf(point: Point): Shown[] {
  const labels = point.values.map((reading) => facts.types[reading.type]?.label ?? reading.type);
  return point.values.map((reading, index) => {
    const label = labels[index] ?? "";
    const last = point.lastValues.find(({ channel, type }) => channel === reading.channel && type === reading.type);
    return {
      label: labels.filter((other) => other === label).length > 1 ? `${label} ${reading.channel}` : label,
      text: textOf(last ?? reading),
      unit: unitOf(last ?? reading),
      remark: remarkOf(reading),
      leftBehind: last ? last.measuredAt : point.measuredAt !== null && Date.parse(reading.measuredAt) < Date.parse(point.measuredAt) ? reading.measuredAt : null,
    };
  });
}

/** What is to be said of a reading beside its value; null if nothing is. */
export function remarkOf({ value, status, flags }: Reading): string | null {
  const why =
    value === null ? "error"
    : status !== "VALID" ? status
    : flags.includes("outOfRange") ? "outOfRange"
    : null;
  return why && (facts.remarks[why] ?? null);
}

function textOf({ type, value }: Reading): string {
  const known = facts.types[type];
  if (value === null) {
    return "–";
  }

  const word = value === 0 ? known?.zero : value === 1 ? known?.one : undefined;
  return word ?? number(value * (known?.factor ?? 1) + (known?.offset ?? 0), known?.decimals ?? 0, isConverted(type));
}

function unitOf({ type, unit, value }: Reading): string {
  return value === null ? "" : (facts.types[type]?.unit ?? unit);
}

const isConverted = (type: string): boolean => (facts.types[type]?.factor ?? 1) !== 1;

/** At least the digits of the type; what a logger says more exactly is shown, to the thousandth, but not what converting adds. */
function number(value: number, least: number, converted: boolean): string {
  let decimals = least;
  while (!converted && decimals < mostDecimals && Math.abs(value - Number(value.toFixed(decimals))) > 0.5 / 10 ** (mostDecimals + 1)) {
    decimals++;
  }

  return fixed(value, decimals);
}
