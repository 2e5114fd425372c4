import assert from "node:assert/strict";
import { test } from "node:test";
import { Alarms } from "../src/wall/alarms";
import type { Tile } from "../src/wall/points";

const point = (...critical: number[]): { tile: Tile } => ({
  tile: { where: "", state: null, hasAlert: false, verdict: null, hasRemark: false, measuredAt: null, values: [], critical },
});

test("alarms that are there when the page opens are not new", () => {
  const alarms = new Alarms();
  assert.equal(alarms.take([point(1, 2), point()]), false);
  assert.equal(alarms.take([point(1, 2)]), false);
});

test("a board that opens in peace hears of the first alarm, once", () => {
  const alarms = new Alarms();
  assert.equal(alarms.take([point()]), false);
  assert.equal(alarms.take([point(3)]), true);
  assert.equal(alarms.take([point(3)]), false);
});

test("an alarm that was acknowledged and comes back is not new", () => {
  const alarms = new Alarms();
  alarms.take([point(3)]);
  alarms.take([point()]);
  assert.equal(alarms.take([point(3)]), false);
});

test("after a break only what began meanwhile is new", () => {
  const alarms = new Alarms();
  alarms.take([point(1), point()]);
  assert.equal(alarms.take([point(1), point()]), false);
  assert.equal(alarms.take([point(1), point(4)]), true);
});

test("a page that loaded itself anew goes on with what it knew", () => {
  const before = new Alarms();
  before.take([point(1)]);
  assert.equal(new Alarms(before.known).take([point(1)]), false);
  assert.equal(new Alarms(before.known).take([point(1), point(2)]), true);
});
