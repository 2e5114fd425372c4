import { type StateName, words } from "../words";
import { FreshnessElement } from "./freshness";
import { TickingElement } from "./ticking";

type Group = keyof typeof words.tally;

const groupOf: Record<StateName, Group> = {
  fresh: "onTime",
  due: "onTime",
  critical: "critical",
  warning: "warning",
  alarm: "alarm",
  late: "late",
  silent: "silent",
  never: "never",
  error: "error",
  ahead: "ahead",
  unsynchronised: "unsynchronised",
  maintenance: "maintenance",
  held: "held",
  refused: "hidden",
  retired: "hidden",
  unknown: "onTime",
  online: "online",
  offline: "offline",
};

/** <portal-tally>: "41 on time · 2 late · 1 silent", counted over every tile of the page, the ones filtered away included. */
export class TallyElement extends TickingElement {
  override connectedCallback(): void {
    super.connectedCallback();
    // The tiles come after it in the page.
    queueMicrotask(() => this.show());
  }

  protected override show(): void {
    const counts = new Map<Group, number>();
    for (const tile of document.querySelectorAll("portal-freshness")) {
      if (tile instanceof FreshnessElement) {
        const group = groupOf[tile.state];
        counts.set(group, (counts.get(group) ?? 0) + 1);
      }
    }

    const groups = (Object.keys(words.tally) as Group[]).filter((g) => counts.has(g));
    const key = groups.map((g) => `${g}${counts.get(g)}`).join();
    if (this.dataset["key"] === key) {
      return;
    }

    this.dataset["key"] = key;
    this.replaceChildren(...groups.map((group) => part(group, counts.get(group) ?? 0)));
  }
}

function part(group: Group, count: number): HTMLElement {
  const element = document.createElement("span");
  element.dataset["group"] = group;
  const number = document.createElement("b");
  number.textContent = String(count);
  element.append(number, ` ${words.tally[group](count)}`);
  return element;
}
