/**
 * Tells the portal that a person is there, so that only idle sessions end. Scrolling wheels, keys and taps are a person's doing; pointer
 * moves are not taken, for browsers also send them when the page moves under a resting mouse.
 */
const atMostEveryMs = 60_000;
const inputs = ["pointerdown", "keydown", "wheel"] as const;

let lastTold = 0;
let isFollowing = false;

/** Called by pages of people who are signed in; again with each new circuit. */
export function followActivity(): void {
  if (isFollowing) {
    return;
  }

  isFollowing = true;
  for (const input of inputs) {
    addEventListener(input, tell, { passive: true, capture: true });
  }
}

function tell(): void {
  const time = Date.now();
  if (time - lastTold < atMostEveryMs) {
    return;
  }

  lastTold = time;
  // The page ignores whether the request succeeded: an ended session shows by itself, and the next input reports again.
  fetch("account/active", { method: "POST", keepalive: true }).catch(() => (lastTold = 0));
}
