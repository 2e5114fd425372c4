/**
 * The watchdog of the page. If the circuit is gone, or the page looks alive but nothing answers (dotnet/aspnetcore #64607), the page shows
 * that by the browser's own clock and recovers: Blazor reconnects, or the page is reloaded as soon as the server answers.
 */
import { followActivity } from "./activity";
import { now, onTick, setServerTime } from "./clock";
import { clockTime } from "./times";
import { words } from "./words";

const askEveryMs = 10_000;
const answerWithinMs = 30_000;
const answerAfterWakeMs = 5_000;
/** A jump of the one-second tick beyond this means the computer slept. */
const sleptMs = 5_000;
/** Blazor mends a short break faster than anybody can read about it. */
const blinkMs = 1_500;
const healEveryMs = 5_000;
const reloadAtMostEveryMs = 60_000;

type CircuitState = "well" | "show" | "retrying" | "failed" | "paused" | "resume-failed";

let circuit: DotNetReference | undefined;
let state: CircuitState = "well";
let downSince = 0;
let lastAnswer = Date.now();
let deadline = Date.now() + answerWithinMs;
let lastAsked = 0;
let lastTick = Date.now();
let lastHeal = 0;

/** Called by the page once it is interactive, with the object that answers; again with each new circuit. */
export function watch(reference: DotNetReference): void {
  circuit = reference;
  followActivity();
  void ask();
}

async function ask(): Promise<void> {
  if (!circuit || state !== "well") {
    return;
  }

  lastAsked = Date.now();
  try {
    const serverMs = await circuit.invokeMethodAsync<number>("BeatAsync");
    const local = Date.now();
    lastAnswer = local;
    deadline = local + answerWithinMs;
    setServerTime(serverMs, (lastAsked + local) / 2);
    update();
  } catch {
    // No answer is what the deadline is for.
  }
}

function tick(): void {
  const time = Date.now();
  if (time - lastTick > sleptMs) {
    woke(time);
  }

  lastTick = time;
  if (time - lastAsked >= askEveryMs) {
    void ask();
  }

  update();
}

/** After sleep, or when the page is seen again, the old answers prove nothing. */
function woke(time: number): void {
  deadline = time + answerAfterWakeMs;
  void ask();
}

function update(): void {
  const time = Date.now();
  const down = state !== "well" && time - downSince > blinkMs;
  const live = !down && time <= deadline;
  const root = document.documentElement;
  const value = live ? (circuit ? "yes" : "") : "no";
  if (root.dataset["live"] !== value) {
    root.dataset["live"] = value;
    document.dispatchEvent(new CustomEvent("portal-live"));
  }

  const banner = document.getElementById("not-live");
  if (banner) {
    banner.hidden = live;
  }

  if (!live) {
    write("title", words.notLiveSince(clockTime(lastAnswer + (now() - time), now())));
    if (state !== "show" && state !== "retrying" && time - lastHeal >= healEveryMs) {
      lastHeal = time;
      void heal();
    } else if (state === "show" || state === "retrying") {
      write("text", retryText());
    }
  }
}

function retryText(): string {
  const seconds = document.getElementById("components-seconds-to-next-attempt")?.textContent ?? "";
  return state === "retrying" && Number(seconds) > 0 ? words.retryIn(seconds) : words.reconnecting;
}

async function heal(): Promise<void> {
  if (!(await serverAnswers())) {
    write("text", words.unreachable);
    return;
  }

  try {
    if (state === "failed" && (await Blazor.reconnect())) {
      return;
    }

    if ((state === "paused" || state === "resume-failed") && (await Blazor.resumeCircuit())) {
      return;
    }
  } catch {
    // Not reachable after all: the next round tries again.
    return;
  }

  reload();
}

async function serverAnswers(): Promise<boolean> {
  try {
    const response = await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(4_000) });
    return response.status < 500;
  } catch {
    return false;
  }
}

/** Reloads the page, but not repeatedly if that doesn't help. */
function reload(): void {
  const key = "portal.reloadedAt";
  const last = Number(sessionStorage.getItem(key) ?? 0);
  if (Date.now() - last < reloadAtMostEveryMs) {
    write("text", words.reconnecting);
    return;
  }

  sessionStorage.setItem(key, String(Date.now()));
  write("text", words.reloading);
  location.reload();
}

function write(part: string, text: string): void {
  const element = document.querySelector(`#not-live [data-part="${part}"]`);
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

function onCircuitState(event: Event): void {
  const next = (event as CustomEvent<{ state: string }>).detail.state;
  if (next === "rejected") {
    location.reload();
  } else if (next === "hide") {
    state = "well";
    woke(Date.now());
  } else {
    downSince = state === "well" ? Date.now() : downSince;
    state = next as CircuitState;
  }

  update();
}

document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", onCircuitState);
document.querySelector("#not-live button")?.addEventListener("click", () => location.reload());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && woke(Date.now()));
// A page out of the browser's back-forward memory has lost its circuit.
addEventListener("pageshow", (e) => e.persisted && location.reload());
onTick(tick);
