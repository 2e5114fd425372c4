import { words } from "./words";

const mark = new Intl.NumberFormat(words.locale).formatToParts(0.5).find((part) => part.type === "decimal")?.value ?? ".";

/** With a real minus, and thousands set apart, as Components/Words/ShownReading.cs writes them. */
export function fixed(value: number, decimals: number): string {
  const [whole = "", fraction] = value.toFixed(decimals).replace("-", "\u2212").split(".");
  const apart = Math.abs(value) < 10_000 ? whole : whole.replace(/\d(?=(\d{3})+(?!\d))/g, "$&\u202f");
  return fraction === undefined ? apart : `${apart}${mark}${fraction}`;
}
