import { now } from "../clock";
import { dates, fullTime, minuteTime, parse, shortTime, zoneAt } from "../times";
import { TickingElement } from "./ticking";

/** <portal-time at="ISO">: the moment in the person's zone with the zone's name; the date is left out today. With "minutes" without seconds, with "day" the day alone. */
export class TimeElement extends TickingElement {
  static readonly observedAttributes = ["at", "minutes", "day"];

  protected override show(): void {
    const at = parse(this.getAttribute("at"));
    if (this.hasAttribute("day") && !Number.isNaN(at)) {
      this.say(dates(at, at + 1), "");
      return;
    }

    const short = this.hasAttribute("minutes") ? minuteTime : shortTime;
    this.say(Number.isNaN(at) ? "–" : `${short(at, now())} ${zoneAt(at)}`, Number.isNaN(at) ? "" : fullTime(at));
  }
}
