import { text } from "../words";
import { layoutOf } from "./layout";
import { type Point, type Points, troubleOf } from "./points";
import { fillTile, makeTile } from "./tile";

const turnEveryMs = 15_000;
/** A pointer that rests doesn't read: a mouse left on a wall's screen holds nothing up. */
const pointerRestsMs = 60_000;
/** Below this the board is one list, which is scrolled. */
const phone = matchMedia("(max-width: 719px)");

/**
 * The tiles, those in trouble first, a page at a time. Pages turn by themselves unless a user points at them, has the focus there, or has
 * stopped them.
 */
export class Board {
  readonly #element = byId("board");
  readonly #pageText = byId("page");
  readonly #pause = byId("pause");
  readonly #shown = new Map<string, { tile: HTMLElement; point: Point }>();
  readonly #points: Points;
  #page = 0;
  #pages = 1;
  #turnAt = 0;
  #pointedAt = 0;
  #isPaused = false;
  #time = 0;
  #order = "";

  constructor(points: Points) {
    this.#points = points;
    // In the next frame: tiles that change within the observer's turn would be an error.
    new ResizeObserver(() => requestAnimationFrame(() => this.show(this.#time))).observe(byId("board-room"));
    phone.addEventListener("change", () => this.show(this.#time));
    this.#element.addEventListener("pointermove", () => (this.#pointedAt = Date.now()));
    this.#element.addEventListener("pointerleave", () => (this.#pointedAt = 0));
    this.#pause.addEventListener("click", () => {
      this.#isPaused = !this.#isPaused;
      this.#showPage();
    });
  }

  /** Called once a second; by the portal's time tiles fall into trouble and move to the front. */
  tick(time: number, portalTime: number): void {
    if (orderOf(this.#points.worstFirst(portalTime)) !== this.#order) {
      this.show(portalTime);
    }

    const isRead = this.#isPaused || time - this.#pointedAt < pointerRestsMs || this.#element.contains(document.activeElement);
    if (this.#pages < 2 || isRead) {
      this.#turnAt = time + turnEveryMs;
    } else if (time >= this.#turnAt) {
      this.#turnAt = time + turnEveryMs;
      this.#page = (this.#page + 1) % this.#pages;
      this.show(portalTime);
    }
  }

  /** Shows the current page; tiles that stay keep their elements. */
  show(portalTime: number): void {
    this.#time = portalTime;
    const points = this.#points.worstFirst(portalTime);
    const troubled = points.filter((point) => troubleOf(point, portalTime)).length;
    this.#order = orderOf(points);
    byId("nothing").hidden = points.length > 0 || !this.#points.areKnown;
    const room = byId("board-room").getBoundingClientRect();
    const layout = phone.matches ? { columns: 1, rows: Math.max(1, points.length) } : layoutOf({ count: points.length, troubled }, room, Math.min(innerWidth, innerHeight));
    const perPage = layout.columns * layout.rows;
    this.#pages = Math.max(1, Math.ceil(points.length / perPage));
    this.#page = Math.min(this.#page, this.#pages - 1);
    this.#element.style.setProperty("--columns", String(layout.columns));
    this.#element.style.setProperty("--rows", String(layout.rows));
    this.#element.hidden = points.length === 0;
    this.#fill(points.slice(this.#page * perPage, (this.#page + 1) * perPage));
    this.#showPage();
  }

  #fill(points: Point[]): void {
    const serials = new Set(points.map((p) => p.serial));
    for (const [serial, { tile }] of this.#shown) {
      if (!serials.has(serial)) {
        tile.remove();
        this.#shown.delete(serial);
      }
    }

    points.forEach((point, index) => {
      const known = this.#shown.get(point.serial);
      const tile = known?.tile ?? makeTile(point);
      if (known && known.point !== point) {
        fillTile(tile, point);
      }

      this.#shown.set(point.serial, { tile, point });
      if (this.#element.children[index] !== tile) {
        this.#element.insertBefore(tile, this.#element.children[index] ?? null);
      }
    });
  }

  #showPage(): void {
    const hasPages = this.#pages > 1;
    const said = hasPages ? text("PageOf", { page: this.#page + 1, pages: this.#pages }) : "";
    if (this.#pageText.textContent !== said) {
      this.#pageText.textContent = said;
    }

    this.#pause.hidden = !hasPages;
    this.#pause.textContent = text(this.#isPaused ? "GoOn" : "Pause");
  }
}

const orderOf = (points: Point[]): string => points.map((point) => point.serial).join();

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The page has no ${id}.`);
  }

  return element;
}
