import { text } from "../words";

/** Names the points in trouble in one line: as many as fit, and how many there are beside them. */
export class Names {
  readonly #element = document.getElementById("troubled");
  #names: string[] = [];
  #width = 0;

  constructor() {
    if (this.#element?.parentElement) {
      new ResizeObserver(() => requestAnimationFrame(() => this.#fit())).observe(this.#element.parentElement);
    }
  }

  /** The worst first. */
  show(names: string[]): void {
    if (names.join() !== this.#names.join()) {
      [this.#names, this.#width] = [names, 0];
      this.#fit();
    }
  }

  #fit(): void {
    const element = this.#element;
    const width = element?.parentElement?.clientWidth ?? 0;
    if (!element || width === this.#width) {
      return;
    }

    this.#width = width;
    element.hidden = this.#names.length === 0;
    let shown = Math.min(this.#names.length, 40);
    do {
      const rest = this.#names.length - shown;
      element.textContent = this.#names.slice(0, shown).join(" · ") + (rest > 0 ? ` · ${text("More", { count: rest })}` : "");
    } while (element.scrollWidth > element.clientWidth && --shown > 0);
  }
}
