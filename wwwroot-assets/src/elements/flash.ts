const still = matchMedia("(prefers-reduced-motion: reduce)");

/** The last values of the tiles on the page. They are kept here because a tile is replaced as a whole when values arrive. */
const lastOf = new WeakMap<Element, Map<string, string>>();

/**
 * <portal-flash of="21.9">: highlights its content once when `of` changes, so that users see what is new. In a tile (data-tile),
 * for="Temperature" names the value.
 */
export class FlashElement extends HTMLElement {
  static readonly observedAttributes = ["of"];

  connectedCallback(): void {
    const tile = this.closest("[data-tile]");
    if (tile) {
      const values = lastOf.get(tile) ?? new Map<string, string>();
      lastOf.set(tile, values);
      const [name, value] = [this.getAttribute("for") ?? "", this.getAttribute("of") ?? ""];
      const before = values.get(name);
      values.set(name, value);
      this.#flash(before, value);
    }
  }

  attributeChangedCallback(_: string, before: string | null, after: string | null): void {
    this.#flash(before ?? undefined, after ?? "");
  }

  #flash(before: string | undefined, after: string): void {
    if (before !== undefined && before !== after && this.isConnected && !still.matches) {
      this.animate([{ backgroundColor: "var(--flash)" }, { backgroundColor: "transparent" }], { duration: 1_600, easing: "ease-out" });
    }
  }
}
