const still = matchMedia("(prefers-reduced-motion: reduce)");

/** <portal-flash of="21.9">: what it holds lights up once when `of` changes; the eye finds what is new without reading. */
export class FlashElement extends HTMLElement {
  static readonly observedAttributes = ["of"];

  attributeChangedCallback(_: string, before: string | null, after: string | null): void {
    if (before !== null && before !== after && this.isConnected && !still.matches) {
      this.animate([{ backgroundColor: "var(--flash)" }, { backgroundColor: "transparent" }], { duration: 1_600, easing: "ease-out" });
    }
  }
}
