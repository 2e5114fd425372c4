import { now } from "../clock";
import { showInFavicon } from "../favicon";
import { type IconName, icons } from "../icons";
import { showInTitle } from "../title";
import { words } from "../words";
import { TickingElement } from "./ticking";

type Group = keyof typeof words.status.counts;
export type Worst = "well" | "critical" | "warning" | "other" | "acknowledged" | "alarm" | "error" | "remark" | "late" | "silent" | "never" | "none";

interface Turn {
  at: number;
  from: string;
  to: string;
}

/** The filters of the overview for the groups; groups without one have no filter. */
const filterOf: Record<Group, string> = {
  critical: "critical",
  warning: "warning",
  other: "",
  alarm: "alarm",
  error: "sensorerror",
  silent: "silent",
  never: "silent",
  late: "late",
  remark: "remark",
  acknowledged: "acknowledged",
  outside: "outside",
  inOrder: "inorder",
  onTime: "ontime",
  noLimits: "nolimits",
  unknown: "",
  unsynchronised: "paused",
  maintenance: "paused",
};

const iconOf: Record<Group, IconName> = {
  critical: "octagon",
  warning: "diamond",
  other: "diamond",
  alarm: "bell",
  error: "remark",
  silent: "silent",
  never: "circle",
  late: "alert",
  remark: "remark",
  acknowledged: "hand",
  outside: "limits",
  inOrder: "check",
  onTime: "check",
  noLimits: "open",
  unknown: "clock",
  unsynchronised: "pause",
  maintenance: "tool",
};

/** The order in which they are shown: the most urgent first. */
const groups = Object.keys(filterOf) as Group[];
const troubles = ["critical", "warning", "other", "alarm", "error", "silent", "never", "late", "remark"] as const;

interface Counts extends Record<Group, number> {
  /** Of those on time, whose next measurement may come at any moment. */
  due: number;
}

/**
 * <portal-status counts="fresh:38,late:2" turns="…">: the state of the whole site, in the page, its title and its icon. The server sends
 * how many loggers are in each state ("fresh.remark" for those with a remark, "fresh.inorder" for those inside their limits), and the next
 * changes if nothing is received ("<Unix ms> due>late"); the browser makes these changes by its own clock. others="2" counts alarms about no
 * measuring point. With plain="", the line has no link. With refused="", nothing
 * new is stored; the line then does not claim that anything is on time. The banner above explains why, and the title repeats it.
 */
export class StatusElement extends TickingElement {
  static readonly observedAttributes = ["counts", "turns", "others", "refused"];

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("portal-live", this.#onLive);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("portal-live", this.#onLive);
    showInTitle("");
    showInFavicon("none");
  }

  readonly #sentence = document.createElement("span");
  readonly #counts = document.createElement("span");
  #links = new Map<Group, HTMLElement>();
  readonly #onLive = (): void => this.show();

  protected override show(): void {
    const counts = this.#countNow();
    const isLive = document.documentElement.dataset["live"] !== "no";
    const isRefused = this.hasAttribute("refused");
    const key = `${isLive}${isRefused}${groups.map((group) => counts[group]).join()},${counts.due}`;
    if (this.dataset["key"] === key) {
      return;
    }

    this.dataset["key"] = key;
    const well = worstOf(counts);
    const worst = isRefused && well === "well" ? "late" : well;
    this.dataset["worst"] = worst;
    if (worst === "none") {
      this.replaceChildren();
    } else {
      if (isRefused && well === "well") {
        this.#sentence.remove();
      } else {
        this.#say(counts, worst);
      }

      this.#counts.className = "counts";
      this.#tell(counts, groups.filter((group) => counts[group] > 0 && !(isRefused && ["onTime", "inOrder"].includes(group))));
      if (this.#counts.parentNode !== this) {
        this.append(this.#counts);
      }
    }

    const short = troubles.filter((group) => counts[group] > 0).map((group) => words.status.counts[group](counts[group]));
    showInTitle(isLive ? (isRefused ? [words.status.refused, ...short] : short).join(" · ") : words.notLive);
    showInFavicon(isLive ? worst : "not-live");
  }

  /** The sentence stays the same element, and is heard only when it becomes another one. */
  #say(counts: Counts, worst: Worst): void {
    const [icon, text] = sentence(counts, worst);
    this.#sentence.className = "sentence";
    this.#sentence.setAttribute("role", "status");
    if (this.#sentence.textContent !== text) {
      this.#sentence.replaceChildren(icons.draw(icon), text);
    }

    if (this.#sentence.parentNode !== this) {
      this.prepend(this.#sentence);
    }
  }

  /** A link stays the same element while its number changes, or a press during the change and the focus would be lost. */
  #tell(counts: Counts, told: readonly Group[]): void {
    const links = told.map((group) => this.#links.get(group) ?? link(group, this.hasAttribute("plain")));
    this.#links = new Map(told.map((group, i) => [group, links[i] as HTMLElement]));
    for (const gone of [...this.#counts.children].filter((child) => !links.includes(child as HTMLElement))) {
      gone.remove();
    }

    links.forEach((one, i) => {
      const group = told[i] as Group;
      (one.lastChild as HTMLElement).textContent = words.status.counts[group](counts[group], counts.due);
      if (this.#counts.children[i] !== one) {
        this.#counts.insertBefore(one, this.#counts.children[i] ?? null);
      }
    });
  }

  #countNow(): Counts {
    const states = new Map((this.getAttribute("counts") ?? "").split(",").map((entry) => entry.split(":") as [string, string]).map(([state, number]) => [state, Number(number)]));
    const add = (state: string, by: number): unknown => states.set(state, (states.get(state) ?? 0) + by);
    const time = now();
    for (const turn of turnsOf(this.getAttribute("turns")).filter((turn) => turn.at <= time)) {
      add(turn.from, -1);
      add(turn.to, 1);
    }

    const of = (state: string): number => states.get(state) ?? 0;
    const all = (state: string): number => [...states].reduce((sum, [other, number]) => (other.split(".")[0] === state ? sum + number : sum), 0);
    const onTime = (verdict: string): number => of(`fresh${verdict}`) + of(`due${verdict}`);
    return {
      critical: of("critical"),
      warning: of("warning"),
      other: Number(this.getAttribute("others") ?? 0),
      alarm: of("alarm"),
      error: of("error"),
      silent: all("silent"),
      never: all("never"),
      late: all("late"),
      remark: onTime(".remark") + of("unknown.remark"),
      acknowledged: onTime(".acknowledged"),
      outside: onTime(".outside"),
      inOrder: onTime(".inorder"),
      onTime: onTime(""),
      noLimits: onTime(".nolimits"),
      due: of("due"),
      unknown: all("unknown") - of("unknown.remark"),
      unsynchronised: all("unsynchronised"),
      maintenance: all("inmaintenance"),
    };
  }
}

function turnsOf(text: string | null): Turn[] {
  return (text ?? "")
    .split(";")
    .filter((part) => part)
    .map((part) => {
      const [at = "", states = ""] = part.split(" ");
      const [from = "", to = ""] = states.split(">");
      return { at: Number(at), from, to };
    });
}

function worstOf(counts: Counts): Worst {
  const trouble = troubles.find((group) => counts[group] > 0);
  return trouble ?? (counts.acknowledged > 0 ? "acknowledged" : onTimeOf(counts) + counts.unknown + counts.unsynchronised + counts.maintenance > 0 ? "well" : "none");
}

/** All that are on time and call for nothing, whatever is said of their values. */
const onTimeOf = (counts: Counts): number => counts.outside + counts.inOrder + counts.onTime + counts.noLimits;

function sentence(counts: Counts, worst: Worst): [IconName, string] {
  const trouble = troubles.reduce((sum, group) => sum + counts[group], 0);
  const text =
    trouble > counts.other ? words.status.trouble(trouble - counts.other)
    : counts.other > 0 ? words.status.other
    : counts.maintenance > 0 ? words.status.maintenance
    : counts.acknowledged > 0 ? words.status.acknowledged
    : isAllInOrder(counts) ? words.status.inOrder
    : onTimeOf(counts) > 0 ? words.status.well
    : words.status.paused;
  const icon = worst === "well" ? (counts.maintenance > 0 ? "tool" : onTimeOf(counts) > 0 ? "check" : "pause") : iconOf[worst as Group];
  return [icon, text];
}

/** Said only if nothing was left unjudged. */
const isAllInOrder = (counts: Counts): boolean => counts.inOrder > 0 && counts.inOrder === onTimeOf(counts) + counts.unknown + counts.unsynchronised;

/** Alarms about no measuring point are listed with all alarms. */
const addressOf = (group: Group): string => (group === "other" ? "/alarms?state=active" : filterOf[group] && `/?state=${filterOf[group]}`);

function link(group: Group, isPlain: boolean): HTMLElement {
  const address = isPlain ? "" : addressOf(group);
  const element = document.createElement(address ? "a" : "span");
  element.className = "count";
  element.dataset["group"] = group;
  if (element instanceof HTMLAnchorElement) {
    element.href = address;
  }

  element.append(icons.draw(iconOf[group]), document.createElement("span"));
  return element;
}
