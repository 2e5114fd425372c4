// The wall-board: a page without a circuit. The live hub tells the points, the browser's clock everything about time.
import { now, setServerTime } from "./clock";
import { AgeElement } from "./elements/age";
import { FreshnessElement, StateElement } from "./elements/freshness";
import { StatusElement } from "./elements/status";
import { prepareOffline } from "./install";
import { fullClock } from "./times";
import { text, words } from "./words";
import { Board } from "./wall/board";
import { facts } from "./wall/facts";
import { Feed } from "./wall/feed";
import { Health } from "./wall/health";
import { type Point, Points, stateOf } from "./wall/points";
import { keepScreen } from "./wall/screen";
import { remarkOf } from "./wall/values";

customElements.define("portal-age", AgeElement);
customElements.define("portal-freshness", FreshnessElement);
customElements.define("portal-state", StateElement);
customElements.define("portal-status", StatusElement);

const mostNamed = 12;
const troubles = ["silent", "never", "late", "error"] as const;
const inOrder = ["fresh", "due", "unknown", "ahead", "error"];

const points = new Points();
const board = new Board(points);
const health = new Health(() => feed.renew());
let asOf: number | undefined;

const feed = new Feed({
  snapshot(at, version, all) {
    points.replace(all);
    heard(at);
    show("ended", false);
    board.show();
    if (version !== facts.version) {
      health.reloadSoon();
    }
  },
  changed(at, some, removed) {
    points.change(some, removed);
    heard(at);
    board.show();
  },
  beat: heard,
  ended() {
    points.forget();
    board.show();
    asOf = undefined;
    show("ended", true);
    tick();
  },
});

function heard(at: number): void {
  asOf = at;
  setServerTime(at, Date.now());
  health.heard();
  tick();
}

function tick(): void {
  health.tick();
  board.tick(Date.now());
  const time = now();
  write("clock", fullClock(time));
  write("as-of", asOf === undefined ? "" : text("DataAsOf", { time: fullClock(asOf) }));
  summarise(time);
}

/** How all of them stand, those on other pages included; the worst are named. */
function summarise(time: number): void {
  const all = points.all.map((point) => ({ point, state: stateOf(point, time) }));
  const counts = new Map<string, number>();
  for (const { state } of all) {
    const word = state === "maintenance" ? "inmaintenance" : state === "ahead" || state === "error" ? "fresh" : state;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }

  const remarked = all.filter(({ point, state }) => inOrder.includes(state) && hasRemark(point));
  counts.set("remark", remarked.length);
  document.querySelector("portal-status")?.setAttribute("counts", [...counts].map(([state, number]) => `${state}:${number}`).join());
  const named = troubles.flatMap((state) => all.filter((one) => one.state === state).map(({ point }) => `${point.name} (${words.states[state]})`));
  write("troubled", named.slice(0, mostNamed).join(" · ") + (named.length > mostNamed ? ` · ${text("More", { count: named.length - mostNamed })}` : ""));
  show("troubled", named.length > 0);
}

const hasRemark = (point: Point): boolean => point.clockAhead || point.values.length === 0 || point.values.some((reading) => remarkOf(reading) !== null);

function write(id: string, said: string): void {
  const element = document.getElementById(id);
  if (element && element.textContent !== said) {
    element.textContent = said;
  }
}

function show(id: string, isShown: boolean): void {
  const element = document.getElementById(id);
  if (element && element.hidden === isShown) {
    element.hidden = !isShown;
  }
}

// Not the clock of what is seen (clock.ts): a page behind another window keeps watch over itself.
setInterval(tick, 1_000);
keepScreen();
tick();

// A screen that is switched on before the portal is there finds it later by itself.
prepareOffline();
