import { onTick } from "../clock";

/**
 * An element that owns its content. Blazor renders the tag and its attributes but no children, so neither overwrites the other. The element
 * renders itself once a second and whenever an attribute changes.
 */
export abstract class TickingElement extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.#stop ??= onTick(() => this.show());
    this.show();
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) {
      this.show();
    }
  }

  protected abstract show(): void;

  /** Writes only what changed: an unchanged page costs nothing. */
  protected say(text: string, title?: string): void {
    if (this.textContent !== text) {
      this.textContent = text;
    }

    if (title !== undefined && this.title !== title) {
      this.title = title;
    }
  }
}
