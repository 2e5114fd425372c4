import { Alarms } from "./alarms";
import type { Point } from "./points";

/** Two tones, three times: heard across a corridor, and unlike the sounds of medical devices. Hz and seconds. */
const tones = [880, 660];
const toneLasts = 0.22;
const pairEvery = 0.7;
const pairs = 3;
const volume = 0.5;
/** A page that has just been loaded may not sound at once; later it would be the sound of something else. */
const soundsWithinMs = 10_000;
const key = "portal.wall.critical";

/**
 * Sounds once when a critical alarm begins, if the portal says that this screen has sound. Alarms that are there when the page opens are
 * never heard. What is missed without a connection is heard when it is back. The sound is made here, so that nothing has to be loaded.
 */
export class Sound {
  readonly #alarms = new Alarms(takeKept());
  #isOn = false;
  #context: AudioContext | undefined;
  #soundsUntil = 0;
  #count = 0;

  constructor() {
    document.getElementById("allow-sound")?.addEventListener("click", () => void this.#allow());
    document.addEventListener("pointerdown", () => void this.#allow());
    document.addEventListener("keydown", () => void this.#allow());
  }

  /** Whether this screen has sound, as an administrator set it. */
  switch(isOn: boolean): void {
    this.#isOn = isOn;
    if (isOn && !this.#context) {
      this.#context = new AudioContext();
      this.#context.addEventListener("statechange", () => this.#show());
      void this.#allow();
    }

    this.#show();
  }

  /** Takes the critical alarms as they are now. */
  hear(points: Point[]): void {
    if (this.#alarms.take(points)) {
      this.#soundsUntil = Date.now() + soundsWithinMs;
      this.#play();
    }
  }

  /** Lets the page that follows know which alarms are not new. To be called before the page loads itself anew. */
  keep(): void {
    try {
      sessionStorage.setItem(key, JSON.stringify(this.#alarms.known));
    } catch {
      // Without storage the next page takes all alarms for known ones.
    }
  }

  get #isAllowed(): boolean {
    return this.#context?.state === "running";
  }

  async #allow(): Promise<void> {
    if (this.#isOn && !this.#isAllowed) {
      try {
        await this.#context?.resume();
      } catch {
        // It is said on the screen that the browser forbids it.
      }
    }
  }

  #show(): void {
    show("silenced", this.#isOn && !this.#isAllowed);
    show("sound", this.#isOn && this.#isAllowed);
    this.#play();
  }

  /** Sounds if there is something to sound for. */
  #play(): void {
    const context = this.#context;
    if (!this.#isOn || !context || !this.#isAllowed || Date.now() > this.#soundsUntil) {
      return;
    }

    this.#soundsUntil = 0;
    for (let pair = 0; pair < pairs; pair++) {
      tones.forEach((tone, index) => sound(context, tone, context.currentTime + pair * pairEvery + index * toneLasts));
    }

    document.documentElement.dataset["sounds"] = String(++this.#count);
  }
}

/** A tone that swells and fades, so that it doesn't click. */
function sound(context: AudioContext, tone: number, at: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = tone;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(volume, at + 0.02);
  gain.gain.linearRampToValueAtTime(0, at + toneLasts);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + toneLasts);
}

/** The alarms that the page before knew, if it loaded itself anew; each page takes them once. */
function takeKept(): number[] | undefined {
  try {
    const kept = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return kept === null ? undefined : (JSON.parse(kept) as number[]);
  } catch {
    return undefined;
  }
}

function show(id: string, isShown: boolean): void {
  const element = document.getElementById(id);
  if (element) {
    element.hidden = !isShown;
  }
}
