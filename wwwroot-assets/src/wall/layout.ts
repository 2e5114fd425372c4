/** How tiles fill the board: all of them if they fit, else so many a page as can be read from across the room. */
export interface Layout {
  columns: number;
  rows: number;
}

/** The smallest tile on a screen 1080 points high; on a larger one it grows with it, for people stand as far away. */
const least = { width: 400, height: 210 };
const screen = 1080;

/** The layout of `count` tiles in a room of so many points; the sides of the window say how large the screen is. */
export function layoutOf(count: number, width: number, height: number, shortSide: number): Layout {
  const scale = Math.max(1, shortSide / screen);
  const most = { columns: Math.max(1, Math.floor(width / (least.width * scale))), rows: Math.max(1, Math.floor(height / (least.height * scale))) };
  if (count > most.columns * most.rows) {
    return most;
  }

  // The largest tiles of all that fit.
  let best: Layout = most;
  let bestSize = 0;
  for (let columns = 1; columns <= most.columns; columns++) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const size = Math.min(width / columns / least.width, height / rows / least.height);
    if (rows <= most.rows && size > bestSize) {
      [best, bestSize] = [{ columns, rows }, size];
    }
  }

  return best;
}
