/** <portal-tabs>: around a row of links that scrolls where it has no room; the link of the open page is moved into view. */
export class TabsElement extends HTMLElement {
  readonly #observer = new MutationObserver(() => this.#show());

  connectedCallback(): void {
    this.#observer.observe(this, { subtree: true, childList: true, attributeFilter: ["class"] });
    this.#show();
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
  }

  #show(): void {
    const open = this.querySelector<HTMLElement>("a.active");
    const row = open?.closest("nav");
    if (open && row) {
      row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
    }
  }
}
