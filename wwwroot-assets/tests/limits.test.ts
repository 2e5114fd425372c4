import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { type LimitPlace, limitPlaces } from "../src/chart/limits";
import type { Box, Limit } from "../src/chart/model";
import { widthOf } from "../src/chart/text";

const box: Box = { left: 50, top: 14, width: 600, height: 200 };
const critical = (value: number): Limit => ({ value, word: "Critical", isCritical: true });
const warning = (value: number): Limit => ({ value, word: "Warning", isCritical: false });

/** A value is as many pixels high. */
const places = (limits: Limit[], within = box): LimitPlace[] => limitPlaces(limits, (value) => 200 - value, within);

const areApart = (one: LimitPlace, other: LimitPlace): boolean =>
  one.x === undefined || other.x === undefined || Math.abs(one.y - other.y) >= 13 || one.x + wide(one) <= other.x || other.x + wide(other) <= one.x;
const wide = ({ limit }: LimitPlace): number => widthOf(limit.word, 11, 400);

function assertApart(all: LimitPlace[]): void {
  all.forEach((one, i) => all.slice(i + 1).forEach((other) => assert.ok(areApart(one, other), `${one.limit.value} and ${other.limit.value}`)));
}

test("limits of one level that lie close to each other have their words side by side", () => {
  const [low, high] = places([critical(2), critical(8)]);
  assert.equal(low?.x, box.left + 6);
  assert.ok((high?.x ?? 0) > low.x + 40);
});

test("limits far from each other have their words at the edge, whatever their level", () => {
  assert.deepEqual(places([critical(2), critical(80), warning(40)]).map(({ x }) => x), [56, 56, 56]);
});

test("no word lies on another, however many limits there are", () => {
  assertApart(places([2, 4, 8, 9, 17, 17, 30].flatMap((value) => [critical(value), warning(value + 1)])));
});

test("words keep apart in several columns, also where a column is free at one height alone", () => {
  assertApart(places([critical(0), warning(10), critical(20), warning(5), warning(15)]));
});

test("a word without room is left out, and its line is not", () => {
  const all = places([critical(2), warning(3), critical(4), warning(5)], { ...box, width: 150 });
  assert.equal(all.length, 4);
  assert.ok(all.some(({ x }) => x === undefined));
  assertApart(all);
});
