import { now } from "../clock";
import { icons } from "../icons";
import { minuteTime, parse, zoneAt } from "../times";
import { text } from "../words";

/** What concerns every point, or none (Streaming/LiveNotice.cs). */
export interface Notice {
  isRefused: boolean;
  maintenanceUntil: string | null;
  reason: string | null;
  others: number;
}

/** Says above the tiles that nothing new is stored, or that maintenance is on; hidden if there is neither. The site's line counts other alarms. */
export function showNotice({ isRefused, maintenanceUntil, reason, others }: Notice): void {
  const until = parse(maintenanceUntil);
  const isOn = !Number.isNaN(until);
  const said = isRefused ? text("NothingStored") : isOn ? text("MaintenanceUntil", { time: `${minuteTime(until, now())} ${zoneAt(until)}` }) : "";
  const status = document.querySelector("portal-status");
  status?.toggleAttribute("refused", isRefused);
  status?.setAttribute("others", String(others));
  const element = document.getElementById("notice");
  if (!element) {
    return;
  }

  const more = document.createElement("span");
  more.textContent = isRefused || !reason ? "" : text("Reason", { reason });
  element.hidden = said === "";
  element.dataset["kind"] = isRefused ? "refused" : "maintenance";
  element.replaceChildren(icons.draw(isRefused ? "alert" : "tool"), said, " ", more);
}
