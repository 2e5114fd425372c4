import { now } from "../clock";
import { icons } from "../icons";
import { parse } from "../times";
import { type StateName, words } from "../words";
import { TickingElement } from "./ticking";

/**
 * <portal-freshness due="ISO" late="ISO" silent="ISO">: a tile that says in data-state how fresh its values are, by the clock and
 * without the server; the style greys them from "late" on. Without any time the logger was never seen. A state that is no matter of time
 * is given as state="…"; a clock ahead doesn't hide that nothing comes any more. With maintenance="" what is missing is so for that reason.
 * A tile around it (data-tile) bears the state, too: what is within it is replaced when values come.
 * <portal-freshness of="gateway" silent="ISO">: the same for a gateway, which is online or offline.
 */
export class FreshnessElement extends TickingElement {
  static readonly observedAttributes = ["due", "late", "silent", "state", "maintenance"];

  get state(): StateName {
    const state = this.#byTime();
    const given = this.getAttribute("state");
    const isMissing = state === "late" || state === "silent" || state === "offline";
    if (given && given in words.states && !(given === "ahead" && isMissing)) {
      return given as StateName;
    }

    return isMissing && this.hasAttribute("maintenance") ? "maintenance" : state;
  }

  #byTime(): StateName {
    const [due, late, silent] = ["due", "late", "silent"].map((name) => parse(this.getAttribute(name))) as [number, number, number];
    if (Number.isNaN(due) && Number.isNaN(late) && Number.isNaN(silent)) {
      return "never";
    }

    const time = now();
    if (this.getAttribute("of") === "gateway") {
      return time > silent ? "offline" : "online";
    }

    return time >= silent ? "silent" : time >= late ? "late" : time >= due ? "due" : "fresh";
  }

  protected override show(): void {
    const state = this.state;
    if (this.dataset["state"] !== state) {
      this.dataset["state"] = state;
      this.closest<HTMLElement>("[data-tile]")?.setAttribute("data-state", state);
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
