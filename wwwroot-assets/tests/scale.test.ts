import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { heightOf, scaleOf, tickText } from "../src/chart/scale";
import type { Drawn, SeriesOptions } from "../src/chart/model";

const drawn = (values: (number | null)[], options: Partial<SeriesOptions> = {}): Drawn => ({
  options: { name: "Temperature", unit: "°C", kind: "continuous", decimals: 1, smallestSpan: 0, words: ["", ""], axis: 0, ...options },
  points: values.map((y, x) => ({ x, y })),
  bands: [],
  states: [],
  gaps: [],
  late: [],
});

test("a scale holds every value, in four or five equal steps", () => {
  for (const values of [[4, 8], [-80.2, -79.9], [0, 1_000_000], [3.1, 3.1], [-5, 5], [0.001, 0.002]]) {
    const { min, max, tickAmount } = scaleOf([drawn(values, { decimals: 3 })]);
    assert.ok(values.every((value) => min <= value && value <= max), `${min} to ${max} for ${values.join()}`);
    assert.ok(tickAmount === 4 || tickAmount === 5);
  }
});

test("the noise of a steady value is not drawn as a storm", () => {
  const { min, max } = scaleOf([drawn([21.4, 21.5])]);
  assert.ok(max - min >= 1);
});

test("a type may want a higher scale, and none goes below zero if no value does", () => {
  const { min, max } = scaleOf([drawn([0.1, 0.2], { smallestSpan: 5 })]);
  assert.ok(min === 0 && max >= 5);
});

test("bands count, not their means alone", () => {
  const { min, max } = scaleOf([{ ...drawn([5]), bands: [{ x: 0, y: [-3, 12] }, { x: 1, y: [null, null] }] }]);
  assert.ok(min <= -3 && max >= 12);
});

test("what is counted begins at zero and is never less", () => {
  assert.equal(scaleOf([drawn([0, 6], { kind: "counter", decimals: 0 })]).min, 0);
  assert.equal(scaleOf([drawn([40, 60], { kind: "counter", decimals: 0 })]).min, 0);
});

test("without values there is a scale all the same", () => {
  assert.deepEqual(scaleOf([drawn([null])]), { min: 0, max: 1, tickAmount: 4 });
});

test("the lowest value of the scale is at the bottom of the box", () => {
  const one = [drawn([0, 10], { scale: [0, 10] })];
  const y = heightOf(one, { left: 0, top: 20, width: 100, height: 200 });
  assert.deepEqual([y(0, 0), y(5, 0), y(10, 0)], [220, 120, 20]);
});

test("figures of an axis fit their room and tell the steps apart", () => {
  const written = (min: number, max: number, decimals: number, unit: string, most: number): string[] =>
    [min, max].map(tickText({ min, max, tickAmount: 5 }, decimals, unit, most));
  assert.deepEqual(written(2, 12, 1, "°C", 10), ["2.0 °C", "12.0 °C"]);
  assert.deepEqual(written(1012.5, 1013.5, 1, "hPa", 10), ["1012.5 hPa", "1013.5 hPa"]);
  assert.deepEqual(written(0, 250_000, 0, "pulses", 13), ["0 pulses", "250K pulses"]);
  assert.deepEqual(written(123_456_000, 123_481_000, 0, "kWh", 13), ["123.456M kWh", "123.481M kWh"]);
  assert.deepEqual(written(123_456_000, 123_481_000, 0, "kWh", 10), ["123.456M", "123.481M"]);
  assert.deepEqual(written(0, 9_000, 0, "impulses", 10), ["0", "9000"]);
});
