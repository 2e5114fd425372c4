import { words } from "../words";

/** A chart shows no more. */
const most = 8;

/**
 * <portal-choice>: while people choose what to compare, the links of tiles are checkboxes. A button with data-compare begins and ends it. The
 * tiles themselves stay as the server made them, so that choosing costs a page nothing.
 */
export class ChoiceElement extends HTMLElement {
  readonly #chosen = new Set<string>();
  readonly #observer = new MutationObserver(() => this.#mark());
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    document.addEventListener("click", (e) => this.#onClick(e), { signal, capture: true });
    document.addEventListener("keydown", (e) => this.#onKey(e), { signal, capture: true });
  }

  disconnectedCallback(): void {
    this.#stop.abort();
    this.#end();
  }

  get #isOn(): boolean {
    return document.body.dataset["choosing"] !== undefined;
  }

  #onClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const tile = target?.closest("[data-tile]");
    if (target?.closest("[data-compare]")) {
      this.#begin(!this.#isOn);
    } else if (this.#isOn && tile) {
      event.preventDefault();
      event.stopPropagation();
      this.#toggle(tile);
    } else if (target?.closest("[data-choice=clear]")) {
      this.#chosen.clear();
      this.#mark();
    } else if (target?.closest("[data-choice=end]")) {
      this.#end();
      document.querySelector<HTMLElement>("[data-compare]")?.focus();
    }
  }

  #onKey(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const tile = target?.closest("[data-tile]");
    if (this.#isOn && event.key === " " && tile) {
      event.preventDefault();
      this.#toggle(tile);
    } else if (this.#isOn && event.key === "Escape" && !target?.matches("input")) {
      this.#end();
    }
  }

  #begin(isOn: boolean): void {
    if (!isOn) {
      this.#end();
      return;
    }

    document.body.dataset["choosing"] = "";
    this.#observer.observe(document.querySelector("main") ?? document.body, { subtree: true, childList: true });
    this.#mark();
  }

  #end(): void {
    delete document.body.dataset["choosing"];
    this.#observer.disconnect();
    this.#chosen.clear();
    this.#mark();
  }

  #toggle(tile: Element): void {
    const serial = serialOf(tile);
    const isTooMany = !this.#chosen.has(serial) && this.#chosen.size >= most;
    if (!isTooMany && !this.#chosen.delete(serial)) {
      this.#chosen.add(serial);
    }

    this.#mark(isTooMany);
  }

  /** Tiles come and go while people search and filter, and values arrive. */
  #mark(isTooMany = false): void {
    for (const tile of document.querySelectorAll("[data-tile]")) {
      const isChosen = this.#chosen.has(serialOf(tile));
      tile.toggleAttribute("data-chosen", isChosen);
      this.#role(tile.querySelector("a"), isChosen);
    }

    document.querySelector("[data-compare]")?.setAttribute("aria-pressed", String(this.#isOn));
    this.#bar(isTooMany);
  }

  #role(link: Element | null, isChosen: boolean): void {
    if (this.#isOn) {
      link?.setAttribute("role", "checkbox");
      link?.setAttribute("aria-checked", String(isChosen));
    } else {
      link?.removeAttribute("role");
      link?.removeAttribute("aria-checked");
    }
  }

  #bar(isTooMany: boolean): void {
    const bar = this.querySelector<HTMLElement>(".choice-bar");
    const [status, go, clear] = ["[role=status]", "a", "[data-choice=clear]"].map((part) => bar?.querySelector<HTMLElement>(part));
    const said = isTooMany ? words.compare.most(most) : this.#chosen.size === 0 ? words.compare.begin : words.compare.chosen(this.#chosen.size);
    if (bar && status && go && clear) {
      bar.hidden = !this.#isOn;
      go.hidden = clear.hidden = this.#chosen.size === 0;
      go.setAttribute("href", `compare?points=${[...this.#chosen].join(",")}`);
      if (status.textContent !== said) {
        status.textContent = said;
      }
    }
  }
}

const serialOf = (tile: Element): string => tile.querySelector("a")?.getAttribute("href")?.split("/").at(-1) ?? "";
