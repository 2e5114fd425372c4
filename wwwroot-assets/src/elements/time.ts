import { now } from "../clock";
import { fullTime, parse, shortTime, zoneAt } from "../times";
import { TickingElement } from "./ticking";

/** <portal-time at="ISO">: the moment in the person's zone with the zone's name; the date is left out today. */
export class TimeElement extends TickingElement {
  static readonly observedAttributes = ["at"];

  protected override show(): void {
    const at = parse(this.getAttribute("at"));
    this.say(Number.isNaN(at) ? "–" : `${shortTime(at, now())} ${zoneAt(at)}`, Number.isNaN(at) ? "" : fullTime(at));
  }
}
