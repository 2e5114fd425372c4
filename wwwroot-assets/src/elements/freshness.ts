import { now } from "../clock";
import { icons } from "../icons";
import { parse } from "../times";
import { type StateName, words } from "../words";
import { TickingElement } from "./ticking";

/**
 * <portal-freshness due="ISO" late="ISO" silent="ISO">: a tile that says in data-state how fresh its values are, by the clock and
 * without the server; the style greys them from "late" on. A state that is no matter of time (ahead, maintenance, …) is given as
 * state="…"; without any time the logger was never seen.
 */
export class FreshnessElement extends TickingElement {
  static readonly observedAttributes = ["due", "late", "silent", "state"];

  get state(): StateName {
    const fixed = this.getAttribute("state");
    if (fixed && fixed in words.states) {
      return fixed as StateName;
    }

    const [due, late, silent] = ["due", "late", "silent"].map((name) => parse(this.getAttribute(name))) as [number, number, number];
    if (Number.isNaN(due) && Number.isNaN(late) && Number.isNaN(silent)) {
      return "never";
    }

    const time = now();
    return time >= silent ? "silent" : time >= late ? "late" : time >= due ? "due" : "fresh";
  }

  protected override show(): void {
    const state = this.state;
    if (this.dataset["state"] !== state) {
      this.dataset["state"] = state;
      this.querySelectorAll("portal-state").forEach((e) => e instanceof StateElement && e.show(state));
    }
  }
}

/** <portal-state>: icon and word of the state of the tile it stands in, for colour alone says nothing to some eyes. */
export class StateElement extends HTMLElement {
  connectedCallback(): void {
    const tile = this.closest("portal-freshness");
    if (tile instanceof FreshnessElement) {
      this.show(tile.state);
    }
  }

  show(state: StateName): void {
    if (this.dataset["state"] !== state) {
      this.dataset["state"] = state;
      const word = document.createElement("span");
      word.textContent = words.states[state];
      this.replaceChildren(icons.state(state), word);
    }
  }
}
