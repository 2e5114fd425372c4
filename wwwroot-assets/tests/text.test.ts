import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasLetterOf } from "../src/chart/fonts";
import { wrapped } from "../src/chart/text";
import { fixed } from "../src/numbers";

test("lines are broken between words and lose none", () => {
  const measure = (text: string): number => text.length;
  assert.deepEqual(wrapped("one two three four", 9, 12, 400, measure), ["one two", "three", "four"]);
  assert.deepEqual(wrapped("unbreakable", 3, 12, 400, measure), ["unbreakable"]);
});

test("a part of the font is needed if it has one of the letters", () => {
  assert.equal(hasLetterOf("U+0-FF, U+131", "Fridge"), true);
  assert.equal(hasLetterOf("U+100-2BA", "Fridge"), false);
  assert.equal(hasLetterOf("U+0100-02BA, U+2C60-2C7F", "Lodówka, półka"), true);
  assert.equal(hasLetterOf("", "Fridge"), true);
});

test("numbers have a real minus, and thousands apart from ten thousand on", () => {
  assert.deepEqual([fixed(-4.25, 1), fixed(1234, 0), fixed(12_345.6, 1)], ["\u22124.3", "1234", "12\u202f345.6"]);
});
