import { words } from "../words";

/** <portal-live>: shows beside the page's name whether the page is live. The watchdog sets <html data-live>. */
export class LiveElement extends HTMLElement {
  #observer: MutationObserver | undefined;

  connectedCallback(): void {
    this.#observer = new MutationObserver(() => this.#show());
    this.#observer.observe(document.documentElement, { attributeFilter: ["data-live"] });
    this.#show();
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
  }

  #show(): void {
    const live = document.documentElement.dataset["live"];
    this.textContent = live === "yes" ? words.live : live === "no" ? words.notLive : words.connecting;
  }
}
