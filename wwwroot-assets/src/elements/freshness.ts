import { now } from "../clock";
import { icons } from "../icons";
import { isUnknown, stateAt } from "../states";
import { parse } from "../times";
import { type StateName, type Verdict, words } from "../words";
import { TickingElement } from "./ticking";

/**
 * <portal-freshness due="ISO" late="ISO" silent="ISO">: shows in data-state how fresh a tile's values are, by the clock and without the
 * server; styles turn them grey when they are late. Without any time, the logger was never heard. state="…" is a state that does not depend
 * on time; an alarm, a sensor error or a clock that is ahead does not hide that the logger is late or silent. With maintenance="", maintenance
 * explains missing values. verdict="inorder" is said instead of "on time" as long as values are on time. A tile around the element (data-tile) has the state as well, because the content of a tile is replaced when
 * values arrive.
 * <portal-freshness of="gateway" silent="ISO">: the same for a gateway, which is online or offline.
 */
export class FreshnessElement extends TickingElement {
  static readonly observedAttributes = ["due", "late", "silent", "state", "maintenance", "alert", "verdict"];

  get state(): StateName {
    const [due, late, silent] = ["due", "late", "silent"].map((name) => parse(this.getAttribute(name))) as [number, number, number];
    const standing = { due, late, silent, given: this.getAttribute("state"), isInMaintenance: this.hasAttribute("maintenance") };
    const isGateway = this.getAttribute("of") === "gateway" && !isUnknown(standing);
    return isGateway ? stateAt(standing, now(), now() > silent ? "offline" : "online") : stateAt(standing, now());
  }

  /** What it calls for, however late its values are: an alarm or a sensor error. */
  get alert(): StateName | undefined {
    return this.hasAttribute("alert") ? (this.getAttribute("state") as StateName) : undefined;
  }

  /** What is said of its values while they are on time. */
  get verdict(): Verdict | undefined {
    const given = this.getAttribute("verdict") ?? "";
    const isSaid = this.state === "fresh" || (this.state === "due" && given === "acknowledged");
    return isSaid && given in words.verdicts ? (given as Verdict) : undefined;
  }

  protected override show(): void {
    const { state, alert, verdict } = this;
    if (this.dataset["state"] !== state) {
      this.dataset["state"] = state;
      this.closest<HTMLElement>("[data-tile]")?.setAttribute("data-state", state);
    }

    this.querySelectorAll("portal-state").forEach((e) => e instanceof StateElement && e.show(state, alert, verdict));
  }
}

/** <portal-state>: the icon and word for the state of its tile, because some users can't distinguish colours. */
export class StateElement extends HTMLElement {
  connectedCallback(): void {
    const tile = this.closest("portal-freshness");
    if (tile instanceof FreshnessElement) {
      this.show(tile.state, tile.alert, tile.verdict);
    }
  }

  /** An alert of a logger that is late or silent comes first: "Alarm · Late". */
  show(state: StateName, alert?: StateName, verdict?: Verdict): void {
    const states = alert && alert !== state ? [alert, state] : [state];
    const said = verdict ? words.verdicts[verdict] : states.map((one) => words.states[one]).join(" · ");
    if (this.dataset["state"] !== state || this.textContent !== said) {
      this.dataset["state"] = state;
      this.dataset["verdict"] = verdict ?? "";
      const word = document.createElement("span");
      word.textContent = said;
      this.replaceChildren(verdict ? icons.verdict(verdict) : icons.state(states[0] ?? state), word);
    }
  }
}
