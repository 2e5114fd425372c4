import { now } from "../clock";
import { clockTime } from "../times";
import { words } from "../words";

/** So long after the last word the page still counts as live: two beats of the hub were missed. */
const silenceMs = 25_000;
const afterWakeMs = 8_000;
/** A jump of the one-second tick beyond this means the computer slept. */
const sleptMs = 5_000;
const longestReloadPauseMs = 8_000;
const reloadAtMostEveryMs = 60_000;
const dayMs = 24 * 60 * 60_000;

/** Whether what is shown can be trusted, by the browser's own clock; and when the page is to be loaded anew. */
export class Health {
  #heard = Date.now();
  #deadline = Date.now() + silenceMs;
  #lastTick = Date.now();
  #reloadAt = Date.now() + dayMs + (Math.random() * dayMs) / 24;
  #wasDead = false;
  #isReloading = false;
  #hasHeard = false;
  readonly #onWake: () => void;

  constructor(onWake: () => void) {
    this.#onWake = onWake;
    addEventListener("error", () => this.reloadSoon());
    addEventListener("unhandledrejection", () => this.reloadSoon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#woke(Date.now()));
    addEventListener("pageshow", (e) => e.persisted && location.reload());
  }

  get isLive(): boolean {
    return Date.now() <= this.#deadline;
  }

  /** The portal said something. */
  heard(): void {
    this.#hasHeard = true;
    this.#heard = Date.now();
    this.#deadline = this.#heard + silenceMs;
    if (this.#wasDead) {
      // What is on the screen is right again; but a page that was dead once starts afresh.
      this.#wasDead = false;
      this.reloadSoon();
    }
  }

  /** Loads the page anew in a moment that is this screen's own, so that not all ask at once; and not in a circle when that doesn't help. */
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
