/**
 * Keyboard shortcuts. Single letters do nothing while the user types, while a dialog is open, or if they are turned off (WCAG 2.1.4: in the
 * account and in the list of keys). The list is the page's <dialog id="keys"> (Components/Layout/KeySheet.razor).
 */
const key = "portal.keys";
const sequenceMs = 1_500;

let before = "";
let beforeAt = 0;

/** Whether letters mean something in this browser. */
export function areKeysOn(): boolean {
  try {
    return localStorage.getItem(key) !== "off";
  } catch {
    return true;
  }
}

/** Switches them for this browser; false if it keeps nothing. */
export function switchKeys(on: boolean): boolean {
  try {
    localStorage.setItem(key, on ? "on" : "off");
    document.dispatchEvent(new CustomEvent("portal-keys"));
    return true;
  } catch {
    return false;
  }
}

export function followKeys(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
}

function onClick(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("[data-keys-open]")) {
    sheet()?.showModal();
  } else if (target?.closest("[data-keys-close]") || target === sheet()) {
    sheet()?.close();
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) {
    return;
  }

  const target = event.target instanceof HTMLElement ? event.target : null;
  if (event.key === "Escape" && target?.matches("[data-search]")) {
    leaveSearch(target as HTMLInputElement);
  } else if (event.key.startsWith("Arrow") && moveInTiles(target, event.key)) {
    event.preventDefault();
  } else if (areKeysOn() && !isTyping(target) && !document.querySelector("dialog[open], .mud-dialog") && onLetter(event.key)) {
    event.preventDefault();
  }
}

const isTyping = (target: HTMLElement | null): boolean => !!target && (target.isContentEditable || target.matches("input, textarea, select"));

const sheet = (): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>("dialog#keys");

function onLetter(letter: string): boolean {
  const isSecond = before === "g" && Date.now() - beforeAt < sequenceMs;
  [before, beforeAt] = [isSecond ? "" : letter, Date.now()];
  if (isSecond) {
    const page = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(letter)}"]`);
    page?.click();
    return page !== null;
  }

  if (letter === "?") {
    sheet()?.showModal();
    return true;
  }

  const search = letter === "/" ? document.querySelector<HTMLInputElement>("input[data-search]") : null;
  search?.focus();
  search?.select();
  return search !== null;
}

/** Clears the field at the first press, and leaves it at the second. */
function leaveSearch(search: HTMLInputElement): void {
  if (search.value) {
    search.value = "";
    search.dispatchEvent(new Event("input", { bubbles: true }));
    search.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    search.blur();
  }
}

/** From a tile to the one beside it, or to the nearest of the next row. */
function moveInTiles(target: HTMLElement | null, arrow: string): boolean {
  const tile = target?.closest("[data-tile]");
  if (!tile) {
    return false;
  }

  const tiles = [...document.querySelectorAll("[data-tile]")];
  const at = tiles.indexOf(tile);
  const next =
    arrow === "ArrowRight" ? tiles[at + 1]
    : arrow === "ArrowLeft" ? tiles[at - 1]
    : arrow === "ArrowDown" ? beyond(tile, tiles.slice(at + 1), 1)
    : beyond(tile, tiles.slice(0, at).reverse(), -1);
  const link = next?.querySelector<HTMLElement>("a");
  link?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return link !== undefined && link !== null;
}

function beyond(tile: Element, others: Element[], direction: 1 | -1): Element | undefined {
  const own = tile.getBoundingClientRect();
  const row = others.find((other) => direction * (other.getBoundingClientRect().top - own.top) > 1)?.getBoundingClientRect().top;
  const away = (other: Element): number => Math.abs(other.getBoundingClientRect().left - own.left);
  return row === undefined
    ? undefined
    : others.filter((other) => Math.abs(other.getBoundingClientRect().top - row) <= 1).reduce((best, other) => (away(other) < away(best) ? other : best));
}
