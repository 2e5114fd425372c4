import type { Box, Frame } from "./model";
import { svg } from "./svg";
import { css } from "./model";

/** The actions of a user on a chart. */
export interface Wishes {
  frame(): Frame;
  box(): Box;
  point(ms: number | undefined): void;
  look(fromMs: number, toMs: number): void;
  step(by: number): void;
  toEnd(isLast: boolean): void;
  zoom(factor: number): void;
  pan(share: number): void;
  /** Adds a note at a moment; by default at the selected one. */
  note(ms?: number): void;
}

/** A drag of fewer pixels is a click. */
const dragPixels = 6;

/** Mouse, fingers and keys. One finger moves the crosshair, two zoom; a mouse drags out what to zoom into, with Shift it moves time. */
export class Gestures {
  readonly selection = svg("rect", { fill: "none" });
  readonly #host: HTMLElement;
  readonly #wishes: Wishes;
  readonly #fingers = new Map<number, number>();
  readonly #stop = new AbortController();
  #drag: { fromX: number; toX: number; isPan: boolean } | undefined;
  #pinch: { left: number; right: number } | undefined;

  constructor(host: HTMLElement, wishes: Wishes) {
    this.#host = host;
    this.#wishes = wishes;
    const on = <K extends keyof HTMLElementEventMap>(name: K, act: (e: HTMLElementEventMap[K]) => void): void =>
      host.addEventListener(name, act as EventListener, { signal: this.#stop.signal });
    on("pointerdown", (e) => this.#down(e));
    on("pointermove", (e) => this.#move(e));
    on("pointerup", (e) => this.#up(e));
    on("pointercancel", () => this.#cancel());
    on("pointerleave", (e) => e.pointerType === "mouse" && !this.#drag && wishes.point(undefined));
    on("dblclick", (e) => wishes.note(this.#ms(this.#x(e))));
    on("keydown", (e) => this.#key(e));
    on("blur", () => wishes.point(undefined));
  }

  dispose(): void {
    this.#stop.abort();
  }

  #x(e: MouseEvent): number {
    return e.clientX - this.#host.getBoundingClientRect().left;
  }

  #ms(x: number): number {
    const { min, max } = this.#wishes.frame();
    const { left, width } = this.#wishes.box();
    return min + (Math.min(1, Math.max(0, (x - left) / Math.max(1, width)))) * (max - min);
  }

  #down(e: PointerEvent): void {
    const x = this.#x(e);
    if (e.pointerType === "touch") {
      this.#fingers.set(e.pointerId, x);
      if (this.#fingers.size === 2) {
        const [a, b] = [...this.#fingers.values()] as [number, number];
        this.#pinch = { left: this.#ms(Math.min(a, b)), right: this.#ms(Math.max(a, b)) };
        this.#wishes.point(undefined);
      } else {
        this.#wishes.point(this.#ms(x));
      }
    } else if (e.button === 0) {
      this.#drag = { fromX: x, toX: x, isPan: e.shiftKey };
      this.#host.setPointerCapture(e.pointerId);
    }
  }

  #move(e: PointerEvent): void {
    const x = this.#x(e);
    if (e.pointerType === "touch" && this.#fingers.has(e.pointerId)) {
      this.#fingers.set(e.pointerId, x);
    }

    if (this.#pinch) {
      return;
    }

    if (this.#drag) {
      this.#drag.toX = x;
      this.#select();
    }

    this.#wishes.point(this.#ms(x));
  }

  #up(e: PointerEvent): void {
    if (this.#pinch) {
      this.#endPinch();
    }

    this.#fingers.delete(e.pointerId);
    const drag = this.#drag;
    this.#drag = undefined;
    this.#select();
    if (!drag || Math.abs(drag.toX - drag.fromX) < dragPixels) {
      return;
    }

    if (drag.isPan) {
      this.#wishes.pan((drag.fromX - drag.toX) / Math.max(1, this.#wishes.box().width));
    } else {
      this.#wishes.look(this.#ms(Math.min(drag.fromX, drag.toX)), this.#ms(Math.max(drag.fromX, drag.toX)));
    }
  }

  /** Keeps the range that was between the fingers at the start between them. */
  #endPinch(): void {
    const pinch = this.#pinch;
    const [a, b] = [...this.#fingers.values()];
    this.#pinch = undefined;
    const { left, width } = this.#wishes.box();
    if (!pinch || a === undefined || b === undefined || Math.abs(a - b) < dragPixels || width <= 0) {
      return;
    }

    const msOfPixel = (pinch.right - pinch.left) / Math.abs(a - b);
    const from = pinch.left - (Math.min(a, b) - left) * msOfPixel;
    this.#wishes.look(from, from + width * msOfPixel);
  }

  #cancel(): void {
    this.#fingers.clear();
    this.#pinch = undefined;
    this.#drag = undefined;
    this.#select();
  }

  #select(): void {
    const { top, height } = this.#wishes.box();
    const drag = this.#drag;
    const isShown = drag && !drag.isPan && Math.abs(drag.toX - drag.fromX) >= dragPixels;
    const attributes: Record<string, string | number> = isShown
      ? { x: Math.min(drag.fromX, drag.toX), y: top, width: Math.abs(drag.toX - drag.fromX), height, fill: css("--accent"), "fill-opacity": 0.15, stroke: css("--accent") }
      : { width: 0, height: 0, fill: "none", stroke: "none" };
    Object.entries(attributes).forEach(([key, value]) => this.selection.setAttribute(key, String(value)));
  }

  #key(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }

    const wishes = this.#wishes;
    const keys: Record<string, () => void> = {
      ArrowLeft: () => (e.shiftKey ? wishes.pan(-0.5) : wishes.step(-1)),
      ArrowRight: () => (e.shiftKey ? wishes.pan(0.5) : wishes.step(1)),
      PageUp: () => wishes.step(-10),
      PageDown: () => wishes.step(10),
      Home: () => wishes.toEnd(false),
      End: () => wishes.toEnd(true),
      "+": () => wishes.zoom(0.5),
      "=": () => wishes.zoom(0.5),
      "-": () => wishes.zoom(2),
      n: () => wishes.note(),
      Escape: () => wishes.point(undefined),
    };
    const act = keys[e.key];
    if (act) {
      e.preventDefault();
      act();
    }
  }
}
