import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { axesOf, roomFor, spread } from "../src/chart/axes";
import type { Drawn, SeriesOptions } from "../src/chart/model";

const drawn = (values: (number | null)[], options: Partial<SeriesOptions> = {}): Drawn => ({
  options: { name: "", unit: "°C", kind: "continuous", decimals: 1, smallestSpan: 0, words: ["", ""], axis: 0, ...options },
  points: values.map((y, x) => ({ x, y })),
  bands: [],
  states: [],
  gaps: [],
  late: [],
});

test("series of a unit share an axis that holds them all", () => {
  const axes = axesOf([drawn([2, 4]), drawn([40, 60], { unit: "%", axis: 1 }), drawn([-20, -18])]);
  assert.deepEqual(axes.map(({ series }) => series), [[0, 2], [1]]);
  const [cold] = axes;
  assert.ok(cold && cold.scale.min <= -20 && cold.scale.max >= 4);
});

test("all axes have as many steps, for they share their lines", () => {
  const axes = axesOf([drawn([2, 4.3]), drawn([40, 61], { unit: "%", axis: 1 }), drawn([1003, 1013.5], { unit: "hPa", axis: 2 })]);
  assert.equal(new Set(axes.map(({ labels }) => labels.length)).size, 1);
});

test("a label says its unit", () => {
  assert.ok(axesOf([drawn([2, 4])])[0]?.labels.every((text) => text.endsWith(" °C")));
});

test("states and what is hidden have no axis", () => {
  assert.deepEqual(axesOf([drawn([]), drawn([0, 1], { kind: "binary", unit: "" })]), []);
});

test("axes stand left and right in turn, beside each other", () => {
  const { left, right, places } = roomFor([40, 40, 40], 1_200);
  assert.deepEqual(places.map(({ isLeft }) => isLeft), [true, false, true]);
  assert.ok((places[2]?.away ?? 0) > (places[0]?.away ?? 0) + 40);
  assert.ok(left >= 92 && right >= 66);
});

test("where there is no room beside each other, labels stand below each other and leave most of the width", () => {
  const { left, right, places } = roomFor(Array.from({ length: 8 }, () => 48), 340);
  assert.ok(left + right < 170, `${left} and ${right}`);
  assert.deepEqual(places.filter(({ isLeft }) => isLeft).map(({ line }) => line), [0, 1, 2, 3]);
});

test("numbers at the ends of lines stand apart and within the plot", () => {
  const apart = spread([100, 100, 101, 20], 17, 14, 110);
  const sorted = [...apart].sort((a, b) => a - b);
  assert.ok(sorted.every((y, i) => i === 0 || y - (sorted[i - 1] ?? 0) >= 17), apart.join());
  assert.ok(Math.max(...apart) <= 110 && Math.min(...apart) >= 14);
  assert.equal(apart[3], 20);
});
