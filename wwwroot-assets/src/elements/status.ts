import { now } from "../clock";
import { showInFavicon } from "../favicon";
import { type IconName, icons } from "../icons";
import { showInTitle } from "../title";
import { words } from "../words";
import { TickingElement } from "./ticking";

type Group = keyof typeof words.status.counts;
export type Worst = "well" | "remark" | "late" | "silent" | "never" | "none";

interface Turn {
  at: number;
  from: string;
  to: string;
  hasRemark: boolean;
}

/** What the address of the overview calls those of a group; no word: nothing to filter by. */
const filterOf: Record<Group, string> = {
  silent: "silent",
  never: "silent",
  late: "late",
  remark: "remark",
  order: "order",
  due: "",
  unsynchronised: "paused",
  maintenance: "paused",
};

const iconOf: Record<Group, IconName> = {
  silent: "silent",
  never: "circle",
  late: "alert",
  remark: "remark",
  order: "check",
  due: "clock",
  unsynchronised: "pause",
  maintenance: "tool",
};

/** The order they are told in: the worst first. */
const groups = Object.keys(filterOf) as Group[];
const inOrder = ["fresh", "due", "unknown"];

/**
 * <portal-status counts="fresh:38,late:2" turns="…">: the line for the whole site, in the page, its title and its icon. The server says how
 * many are in each state and which turns come next if nothing is heard ("<Unix ms> due>late", with "!" behind if it has a remark); the
 * browser's clock makes them. With plain="" it leads nowhere; with refused="" nothing new is stored, so nothing is said to be in order.
 */
export class StatusElement extends TickingElement {
  static readonly observedAttributes = ["counts", "turns", "refused"];

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
  readonly #onLive = (): void => this.show();

  protected override show(): void {
    const counts = this.#countNow();
    const isLive = document.documentElement.dataset["live"] !== "no";
    const isRefused = this.hasAttribute("refused");
    const key = `${isLive}${isRefused}${groups.map((group) => counts[group]).join()}`;
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
      this.#say(counts, worst, isRefused);
      if (this.firstChild !== this.#sentence) {
        this.replaceChildren(this.#sentence);
      }

      this.querySelectorAll(".count").forEach((element) => element.remove());
      this.append(...groups.filter((group) => counts[group] > 0 && !(isRefused && group === "order")).map((group) => count(group, counts[group], this.hasAttribute("plain"))));
    }

    const short = (["silent", "never", "late", "remark"] as const).filter((group) => counts[group] > 0).map((group) => words.status.counts[group](counts[group]));
    showInTitle(isLive ? (isRefused ? [words.status.refused, ...short] : short).join(" · ") : words.notLive);
    showInFavicon(isLive ? worst : "not-live");
  }

  /** The sentence stays the same element, and is heard only when it becomes another one. */
  #say(counts: Record<Group, number>, worst: Worst, isRefused: boolean): void {
    const [icon, text] = isRefused ? (["alert", words.status.refused] as [IconName, string]) : sentence(counts, worst);
    this.#sentence.className = "sentence";
    this.#sentence.setAttribute("role", "status");
    if (this.#sentence.textContent !== text) {
      this.#sentence.replaceChildren(icons.draw(icon), text);
    }
  }

  #countNow(): Record<Group, number> {
    const states = new Map((this.getAttribute("counts") ?? "").split(",").map((entry) => entry.split(":") as [string, string]).map(([state, number]) => [state, Number(number)]));
    const add = (state: string, by: number): unknown => states.set(state, (states.get(state) ?? 0) + by);
    const time = now();
    for (const turn of turnsOf(this.getAttribute("turns")).filter((turn) => turn.at <= time)) {
      add(turn.from, -1);
      add(turn.to, 1);
      if (turn.hasRemark && inOrder.includes(turn.from) && !inOrder.includes(turn.to)) {
        add("remark", -1);
      }
    }

    const of = (state: string): number => states.get(state) ?? 0;
    const remark = of("remark");
    return {
      silent: of("silent"),
      never: of("never"),
      late: of("late"),
      remark,
      order: of("fresh") + of("due") + of("unknown") - remark,
      due: of("due"),
      unsynchronised: of("unsynchronised"),
      maintenance: of("inmaintenance"),
    };
  }
}

function turnsOf(text: string | null): Turn[] {
  return (text ?? "")
    .split(";")
    .filter((part) => part)
    .map((part) => {
      const [at = "", states = ""] = part.split(" ");
      const [from = "", to = ""] = states.replace("!", "").split(">");
      return { at: Number(at), from, to, hasRemark: states.endsWith("!") };
    });
}

function worstOf(counts: Record<Group, number>): Worst {
  const trouble = (["silent", "never", "late", "remark"] as const).find((group) => counts[group] > 0);
  return trouble ?? (counts.order + counts.unsynchronised + counts.maintenance > 0 ? "well" : "none");
}

function sentence(counts: Record<Group, number>, worst: Worst): [IconName, string] {
  const trouble = counts.silent + counts.never + counts.late + counts.remark;
  const text =
    trouble > 0 ? words.status.trouble(trouble)
    : counts.maintenance > 0 ? words.status.maintenance
    : counts.order > 0 ? words.status.well
    : words.status.paused;
  const icon = worst === "well" ? (counts.maintenance > 0 ? "tool" : counts.order > 0 ? "check" : "pause") : iconOf[worst as Group];
  return [icon, text];
}

function count(group: Group, number: number, isPlain: boolean): HTMLElement {
  const filter = isPlain ? "" : filterOf[group];
  const element = document.createElement(filter ? "a" : "span");
  element.className = "count";
  element.dataset["group"] = group;
  if (element instanceof HTMLAnchorElement) {
    element.href = `/?state=${filter}`;
  }

  const text = document.createElement("span");
  text.textContent = words.status.counts[group](number);
  element.append(icons.draw(iconOf[group]), text);
  return element;
}
