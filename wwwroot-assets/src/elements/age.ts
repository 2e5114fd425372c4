import { now } from "../clock";
import { age, due, fullTime, parse } from "../times";
import { words } from "../words";
import { TickingElement } from "./ticking";

/** <portal-age at="ISO">: "2 min ago". With mode="due": "next due in 1 min". */
export class AgeElement extends TickingElement {
  static readonly observedAttributes = ["at", "mode"];

  protected override show(): void {
    const at = parse(this.getAttribute("at"));
    const isDue = this.getAttribute("mode") === "due";
    if (Number.isNaN(at)) {
      this.say(isDue ? "" : words.never, "");
    } else {
      this.say(isDue ? due(at - now()) : age(now() - at), fullTime(at));
    }
  }
}
