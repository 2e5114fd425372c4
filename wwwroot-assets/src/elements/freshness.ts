import { now } from "../clock";
import { icons } from "../icons";
import { isUnknown, stateAt } from "../states";
import { parse } from "../times";
import { type StateName, words } from "../words";
import { TickingElement } from "./ticking";

/**
 * <portal-freshness due="ISO" late="ISO" silent="ISO">: a tile that says in data-state how fresh its values are, by the clock and
 * without the server; the style greys them from "late" on. Without any time the logger was never seen. A state that is no matter of time
 * is given as state="…"; a sensor error or a clock ahead doesn't hide that nothing comes any more. With maintenance="" what is missing is so for that reason.
 * A tile around it (data-tile) bears the state, too: what is within it is replaced when values come.
 * <portal-freshness of="gateway" silent="ISO">: the same for a gateway, which is online or offline.
 */
export class FreshnessElement extends TickingElement {
  static readonly observedAttributes = ["due", "late", "silent", "state", "maintenance"];

  get state(): StateName {
    const [due, late, silent] = ["due", "late", "silent"].map((name) => parse(this.getAttribute(name))) as [number, number, number];
    const standing = { due, late, silent, given: this.getAttribute("state"), isInMaintenance: this.hasAttribute("maintenance") };
    const isGateway = this.getAttribute("of") === "gateway" && !isUnknown(standing);
    return isGateway ? stateAt(standing, now(), now() > silent ? "offline" : "online") : stateAt(standing, now());
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
