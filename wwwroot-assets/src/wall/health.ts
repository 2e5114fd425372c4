import { now } from "../clock";
import { clockTime } from "../times";
import { words } from "../words";

/** How long the page still counts as live after the last message: two missed beats of the hub, although the connection lives. */
const silenceMs = 25_000;
const afterWakeMs = 8_000;
/** A break shorter than this need not be seen. */
const afterLossMs = 3_500;
/** A jump of the one-second tick beyond this means that the computer slept or stood still; then silence is no sign of the portal. */
const sleptMs = 3_000;
const longestReloadPauseMs = 8_000;
const reloadAtMostEveryMs = 60_000;
const dayMs = 24 * 60 * 60_000;

/** Whether the page can be trusted, by the browser's own clock, and when it has to be reloaded. */
export class Health {
  #heard = Date.now();
  #deadline = Date.now() + silenceMs;
  #lastTick = Date.now();
  #reloadAt = Date.now() + dayMs + (Math.random() * dayMs) / 24;
  #wasDead = false;
  #isReloading = false;
  #hasHeard = false;
  readonly #onWake: () => void;
  readonly #onReload: () => void;

  constructor(onWake: () => void, onReload: () => void) {
    [this.#onWake, this.#onReload] = [onWake, onReload];
    addEventListener("error", () => this.reloadSoon());
    addEventListener("unhandledrejection", () => this.reloadSoon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#woke(Date.now()));
    addEventListener("pageshow", (e) => e.persisted && location.reload());
  }

  get isLive(): boolean {
    return Date.now() <= this.#deadline;
  }

  /** A message of the portal has arrived. */
  heard(): void {
    this.#hasHeard = true;
    this.#heard = Date.now();
    this.#deadline = this.#heard + silenceMs;
    if (this.#wasDead) {
      // The content is right again, but a page that was dead once starts afresh.
      this.#wasDead = false;
      this.reloadSoon();
    }
  }

  /** The connection was lost: the values are old soon, unless there is another connection before. After a silence they are old now. */
  lost(wasSilent: boolean): void {
    this.#deadline = Math.min(this.#deadline, Date.now() + (wasSilent ? -1 : afterLossMs));
  }

  /** Reloads the page after a delay of this screen's own, so that screens don't all reload at once; not repeatedly if that doesn't help. */
  reloadSoon(): void {
    this.#reloadAt = Math.min(this.#reloadAt, Math.max(Date.now() + Math.random() * longestReloadPauseMs, lastReload() + reloadAtMostEveryMs));
  }

  /** Called once a second, whether the page is seen or not. */
  tick(): void {
    const time = Date.now();
    if (time - this.#lastTick > sleptMs) {
      this.#woke(time);
    }

    this.#lastTick = time;
    const isLive = this.isLive;
    this.#wasDead ||= !isLive;
    this.#show(isLive, time);
    if (isLive && time >= this.#reloadAt && !this.#isReloading) {
      void this.#reload();
    }
  }

  /** After sleep old words prove nothing. */
  #woke(time: number): void {
    this.#deadline = Math.min(this.#deadline, time + afterWakeMs);
    this.#onWake();
  }

  #show(isLive: boolean, time: number): void {
    document.documentElement.dataset["live"] = !isLive ? "no" : this.#hasHeard ? "yes" : "";
    const over = document.getElementById("not-live");
    const title = over?.querySelector("strong");
    if (over && title) {
      const said = isLive ? "" : words.notLiveSince(clockTime(now() - (time - this.#heard), now()));
      if (title.textContent !== said) {
        title.textContent = said;
      }

      over.hidden = isLive || document.getElementById("ended")?.hidden === false;
    }
  }

  /** A page that can't be had would leave the screen with the browser's own error: it is fetched first. */
  async #reload(): Promise<void> {
    this.#isReloading = true;
    try {
      if ((await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(4_000) })).ok) {
        rememberReload();
        this.#onReload();
        location.reload();
        return;
      }
    } catch {
      // The portal went again: later.
    }

    this.#isReloading = false;
    this.#reloadAt = Date.now() + longestReloadPauseMs;
  }
}

const key = "portal.wall.reloadedAt";

function lastReload(): number {
  try {
    return Number(sessionStorage.getItem(key) ?? 0);
  } catch {
    return 0;
  }
}

function rememberReload(): void {
  try {
    sessionStorage.setItem(key, String(Date.now()));
  } catch {
    // Without storage the page may load itself more often than it has to.
  }
}
