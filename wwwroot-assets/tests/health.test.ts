import "./page";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Health } from "../src/wall/health";

const second = 1_000;

/** A board that has heard of the portal, on a computer whose clock the test moves. */
function board(): Health {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: 1_760_000_000_000 });
  const health = new Health(() => undefined, () => undefined);
  health.heard();
  return health;
}

/** Lets seconds pass; the portal's beat comes so often. True if the board was live all the time. */
function wasLive(health: Health, seconds: number, beatEvery = Infinity): boolean {
  let isLive = true;
  for (let i = 1; i <= seconds; i++) {
    mock.timers.tick(second);
    if (i % beatEvery === 0) {
      health.heard();
    }

    health.tick();
    isLive &&= health.isLive;
  }

  return isLive;
}

test("a board on which nothing happens for hours is live as long as the portal's beats come", () => {
  assert.equal(wasLive(board(), 8 * 3600, 10), true);
});

test("a busy portal may leave out one beat", () => {
  assert.equal(wasLive(board(), 3600, 20), true);
});

test("pings without a beat for 25 seconds are no life", () => {
  const health = board();
  assert.equal(wasLive(health, 25), true);
  assert.equal(wasLive(health, 1), false);
});

test("a connection that fell silent is told at once, one that was closed a moment later", () => {
  const [silent, closed] = [board(), board()];
  silent.lost(true);
  closed.lost(false);
  assert.equal(silent.isLive, false);
  assert.equal(wasLive(closed, 3), true);
  assert.equal(wasLive(closed, 1), false);
});

test("a computer that stood still for a moment has eight seconds to hear of the portal, and none after an hour", () => {
  const [moment, hour] = [board(), board()];
  mock.timers.tick(10 * second);
  moment.tick();
  assert.equal(wasLive(moment, 8), true);
  assert.equal(wasLive(moment, 1), false);
  mock.timers.tick(3600 * second);
  hour.tick();
  assert.equal(hour.isLive, false);
});
