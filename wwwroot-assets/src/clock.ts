/**
 * The server's time, and a tick every second for everything on the page that shows an age. A wrong clock of the PC does not make ages
 * wrong, because the server sends its time with the page and with every answer to the watchdog.
 */
let offset = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Differences below this are the way of the message, not the clock. */
const toleranceMs = 1_500;

/** The server's time, in Unix ms. */
export function now(): number {
  return Date.now() + offset;
}

/** Sets the server's time `serverMs`, which was valid when the browser's clock showed `localMs`. */
export function setServerTime(serverMs: number, localMs: number): void {
  const next = serverMs - localMs;
  if (Number.isFinite(next) && Math.abs(next - offset) > toleranceMs) {
    offset = next;
    tick();
  }
}

/** Calls `listener` once a second while the page is seen, and at once when it is seen again. Returns how to stop. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  run();
  return () => {
    listeners.delete(listener);
    run();
  };
}

function run(): void {
  const wanted = listeners.size > 0 && document.visibilityState === "visible";
  if (wanted && timer === undefined) {
    timer = setInterval(tick, 1_000);
  } else if (!wanted && timer !== undefined) {
    clearInterval(timer);
    timer = undefined;
  }
}

function tick(): void {
  for (const listener of [...listeners]) {
    listener();
  }
}

function readPageTime(): void {
  const stamp = document.querySelector<HTMLMetaElement>('meta[name="server-time"]')?.content;
  const navigation = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  if (stamp) {
    // The stamp was written just before the first byte came.
    setServerTime(Number(stamp), performance.timeOrigin + (navigation?.responseStart ?? 0));
  }
}

readPageTime();
document.addEventListener("visibilitychange", () => {
  run();
  if (document.visibilityState === "visible") {
    tick();
  }
});
