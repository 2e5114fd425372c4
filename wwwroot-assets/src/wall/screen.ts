/** Keeps the screen on and fills it, where the browser lets a page do so. */
export function keepScreen(): void {
  void keepAwake();
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void keepAwake());
  const button = document.getElementById("full-screen");
  if (button && document.fullscreenEnabled) {
    button.hidden = false;
    button.addEventListener("click", () => void document.documentElement.requestFullscreen());
    document.addEventListener("fullscreenchange", () => (button.hidden = document.fullscreenElement !== null));
  }
}

async function keepAwake(): Promise<void> {
  try {
    // Only where the connection is safe; browsers let go of it when the page is not seen.
    await navigator.wakeLock?.request("screen");
  } catch {
    // The computer saves power: the screen's own settings decide.
  }
}
