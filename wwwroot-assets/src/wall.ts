// The wall board: a page without a circuit. The live hub sends the points; the browser's clock decides everything about time.
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
import { Names } from "./wall/names";
import { showNotice } from "./wall/notice";
import { groupOf, Points, troubleOf, troubles } from "./wall/points";
import { keepScreen } from "./wall/screen";
import { Sound } from "./wall/sound";

// A board stays open for months: a font that comes late is used all the same.
document.fonts.forEach((face) => (face.display = "swap"));

customElements.define("portal-age", AgeElement);
customElements.define("portal-freshness", FreshnessElement);
customElements.define("portal-state", StateElement);
customElements.define("portal-status", StatusElement);

const points = new Points();
const board = new Board(points);
const names = new Names();
const sound = new Sound();
const health = new Health(() => feed.renew(), () => sound.keep());
let asOf: number | undefined;

const feed = new Feed({
  snapshot(at, version, all) {
    points.replace(all);
    sound.hear(all);
    heard(at);
    show("ended", false);
    board.show(now());
    if (version !== facts.version) {
      health.reloadSoon();
    }
  },
  changed(at, some, removed) {
    points.change(some, removed);
    sound.hear(some);
    heard(at);
    board.show(now());
  },
  beat: heard,
  notice: showNotice,
  sound: (isOn) => sound.switch(isOn),
  lost(wasSilent) {
    health.lost(wasSilent);
    tick();
  },
  ended() {
    points.forget();
    board.show(now());
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
  const time = now();
  board.tick(Date.now(), time);
  write("clock", fullClock(time));
  write("as-of", asOf === undefined ? "" : text("DataAsOf", { time: fullClock(asOf) }));
  summarise(time);
}

/** How all of them stand, those on other pages included, in the words of <portal-status>; the worst are named. */
function summarise(time: number): void {
  const all = points.all.map((point) => ({ point, trouble: troubleOf(point, time) }));
  const counts = new Map<string, number>();
  for (const { point } of all) {
    const group = groupOf(point, time);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }

  document.querySelector("portal-status")?.setAttribute("counts", [...counts].map(([group, number]) => `${group}:${number}`).join());
  names.show(troubles.flatMap((trouble) => all.filter((one) => one.trouble === trouble).map(({ point }) => `${point.name} (${words.states[trouble]})`)));
}

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

// Not the clock of visible pages (clock.ts): a page behind another window must keep watching its connection.
setInterval(tick, 1_000);
keepScreen();
tick();

// A screen that is switched on before the portal is there finds it later by itself.
prepareOffline();
