import { areKeysOn, switchKeys } from "../shortcuts";

/** <portal-key-switch>: around a checkbox that switches the keys of this browser. */
export class KeySwitchElement extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("portal-keys", this.#show);
    this.addEventListener("change", this.#choose);
    this.#show();
  }

  disconnectedCallback(): void {
    document.removeEventListener("portal-keys", this.#show);
    this.removeEventListener("change", this.#choose);
  }

  readonly #show = (): void => {
    const box = this.querySelector("input");
    if (box) {
      box.checked = areKeysOn();
    }
  };

  readonly #choose = (): void => {
    switchKeys(this.querySelector("input")?.checked ?? true);
    this.#show();
  };
}
