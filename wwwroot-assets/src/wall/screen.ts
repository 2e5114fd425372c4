/** Keeps the screen on and makes the page full-screen, if the browser allows it. */
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

/** On secure connections only: others have no such lock. */
async function keepAwake(): Promise<void> {
  try {
    // The browser releases the lock when the page is hidden.
    if ("wakeLock" in navigator) {
      await navigator.wakeLock.request("screen");
    }
  } catch {
    // The computer saves power: the screen's own settings decide.
  }
}
