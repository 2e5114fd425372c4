import { inZone } from "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ticks } from "../src/ticks";

const at = (iso: string): number => Date.parse(iso);
const labels = (from: string, to: string, pixels: number): string[] => ticks(at(from), at(to), pixels).map((tick) => tick.label).filter((label) => label !== "");

test("a day on a desk has a label every two hours, and its midnight is major", () => {
  const found = ticks(at("2026-11-27T12:00:00Z"), at("2026-11-28T12:00:00Z"), 900);
  assert.deepEqual(found.map((tick) => tick.label), ["14:00", "16:00", "18:00", "20:00", "22:00", "28 Nov", "02:00", "04:00", "06:00", "08:00", "10:00", "12:00"]);
  assert.deepEqual(found.filter((tick) => tick.isMajor).map((tick) => tick.label), ["28 Nov"]);
});

test("an hour that comes twice has a label each time, with its zone", () => {
  const found = labels("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z", 900);
  assert.deepEqual(found.filter((label) => label.startsWith("02:00")), ["02:00 CEST", "02:00 CET"]);
  assert.equal(new Set(found).size, found.length);
});

test("an hour that is left out has no label", () => {
  assert.deepEqual(labels("2026-03-28T23:00:00Z", "2026-03-29T04:00:00Z", 500).filter((label) => label.startsWith("02")), []);
});

test("days begin at midnight, those of 23 and 25 hours too", () => {
  for (const tick of ticks(at("2026-10-20T10:00:00Z"), at("2026-10-30T10:00:00Z"), 900)) {
    assert.match(new Date(tick.ms).toISOString(), tick.ms < at("2026-10-25T12:00:00Z") ? /T22:00:00/ : /T23:00:00/);
  }
});

test("beyond ninety days, ticks are at the first of months, or in their middle as well", () => {
  assert.deepEqual(labels("2026-08-10T10:00:00Z", "2026-11-28T10:00:00Z", 900), [
    "15 Aug 2026", "1 Sept", "15 Sept", "1 Oct", "15 Oct", "1 Nov", "15 Nov",
  ]);
  assert.deepEqual(labels("2025-11-28T10:00:00Z", "2026-11-28T10:00:00Z", 900), [
    "Dec", "Jan 2026", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov",
  ]);
});

test("the first label has the year, also if a month begins at the edge", () => {
  assert.equal(labels("2026-04-30T22:00:00Z", "2026-11-01T23:00:00Z", 900)[0], "15 May 2026");
});

test("many years have a label for each first of January", () => {
  assert.deepEqual(labels("2021-11-28T10:00:00Z", "2026-11-28T10:00:00Z", 400), ["2022", "2023", "2024", "2025", "2026"]);
});

test("labels neither touch nor reach beyond the edges, at any width and length", () => {
  const end = at("2026-11-28T10:20:30Z");
  for (const zone of ["Europe/Warsaw", "Asia/Kathmandu"]) {
    inZone(zone, () => {
      for (let hours = 0.02; hours < 24 * 365 * 20; hours *= 2.3) {
        for (const pixels of [219, 500, 933]) {
          const from = end - hours * 3_600_000;
          let reached = 0;
          for (const tick of ticks(from, end, pixels).filter((one) => one.label !== "")) {
            const middle = ((tick.ms - from) / (end - from)) * pixels + tick.shift;
            const half = (tick.label.length * 6.5) / 2;
            assert.ok(middle - half >= reached - 0.5 && middle + half <= pixels + 20, `${tick.label} at ${middle} of ${pixels} px, ${hours} h, ${zone}`);
            reached = middle + half;
          }
        }
      }
    });
  }
});
