import { inZone } from "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { daysAt } from "../src/chart/bins";
import { momentOf, momentsOf, offsetAt } from "../src/zones";

const hourMs = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

test("offsets are those of summer and winter, also where they are no whole hours", () => {
  assert.equal(offsetAt(at("2026-07-01T00:00:00Z")), 2 * hourMs);
  assert.equal(offsetAt(at("2026-01-01T00:00:00Z")), hourMs);
  assert.equal(inZone("Asia/Kathmandu", () => offsetAt(at("2026-01-01T00:00:00Z"))), 5.75 * hourMs);
});

test("a time that comes twice is two moments, and one that is left out is none", () => {
  assert.deepEqual(momentsOf(at("2026-10-25T02:30:00Z")), [at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")]);
  assert.deepEqual(momentsOf(at("2026-03-29T02:30:00Z")), []);
  assert.equal(momentOf(at("2026-10-25T02:30:00Z")), at("2026-10-25T00:30:00Z"));
  assert.equal(momentOf(at("2026-03-29T02:30:00Z")), at("2026-03-29T01:30:00Z"));
});

test("a bin is a day from midnight to midnight, of 23, 24 or 25 hours", () => {
  const lengths = ["2026-03-29T10:00:00Z", "2026-06-01T10:00:00Z", "2026-10-25T10:00:00Z"].map((iso) => {
    const { fromMs, toMs } = daysAt(at(iso), 1);
    assert.equal((fromMs + offsetAt(fromMs)) % (24 * hourMs), 0);
    return (toMs - fromMs) / hourMs;
  });
  assert.deepEqual(lengths, [23, 24, 25]);
});

test("bins of several days follow each other without a gap", () => {
  for (const days of [2, 3, 8]) {
    const first = daysAt(at("2026-03-20T10:00:00Z"), days);
    const next = daysAt(first.toMs, days);
    assert.equal(next.fromMs, first.toMs);
  }
});
