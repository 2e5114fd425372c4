import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { age, dates, due, fileTime, span, zonesIn } from "../src/times";

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
const at = (iso: string): number => Date.parse(iso);

test("an age is told in one unit", () => {
  assert.deepEqual([0, 59 * second, minute, 119 * minute, 2 * hour, 47 * hour, 2 * day].map(span), ["0 s", "50 s", "1 min", "119 min", "2 h", "47 h", "2 d"]);
  assert.deepEqual([9 * second, 10 * second, 3 * minute].map(age), ["just now", "10 s ago", "3 min ago"]);
});

test("a moment ahead of the clock is not called an age", () => {
  assert.deepEqual([-5 * second, -3 * minute].map(age), ["just now", "clock 3 min ahead"]);
});

test("what is due is told from before it until after it", () => {
  assert.deepEqual([3 * minute, 5 * second, -30 * second, -3 * minute].map(due), ["next due in 3 min", "due now", "due now", "was due 3 min ago"]);
});

test("whole days are told by their dates", () => {
  const [from, to] = [at("2026-11-26T23:00:00Z"), at("2026-11-27T23:00:00Z")];
  assert.equal(dates(from, to), "27 Nov 2026");
  assert.equal(dates(from, to + day), "27 Nov 2026 – 28 Nov 2026");
});

test("a time names its zone, or both if the clocks change in it", () => {
  assert.equal(zonesIn(at("2026-01-01T00:00:00Z"), at("2026-01-02T00:00:00Z")), "CET");
  assert.equal(zonesIn(at("2026-10-24T22:00:00Z"), at("2026-10-25T04:00:00Z")), "CEST/CET");
  assert.equal(zonesIn(at("2025-12-01T00:00:00Z"), at("2026-12-01T00:00:00Z")), "CET/CEST");
});

test("the time in a file's name is that of the zone", () => {
  assert.equal(fileTime(at("2026-11-28T18:10:00Z")), "2026-11-28 19.10");
});
