/** How tiles fill the board: all of them if they fit, else so many a page as can be read from across the room. */
export interface Layout {
  columns: number;
  rows: number;
}

interface Size {
  width: number;
  height: number;
}

/** The smallest tile on a screen 1080 points high; on a larger one it grows with it, for people stand as far away. */
const least: Size = { width: 400, height: 210 };
/** The smallest of many in trouble: to see which ones at once is worth more than to read them from afar. */
const leastInTrouble: Size = { width: 250, height: 125 };
const screen = 1080;

/**
 * The layout of `count` tiles in a room; the shorter side of the window says how large the screen is. If more are in trouble than one page
 * holds, tiles become smaller until they fit, down to a limit.
 */
export function layoutOf({ count, troubled }: { count: number; troubled: number }, room: Size, shortSide: number): Layout {
  const scale = Math.max(1, shortSide / screen);
  const usual = most(room, least, scale);
  if (count <= usual.columns * usual.rows) {
    return largest(count, room, usual);
  }

  const dense = most(room, leastInTrouble, scale);
  return troubled <= usual.columns * usual.rows ? usual : largest(Math.min(troubled, dense.columns * dense.rows), room, dense);
}

const most = (room: Size, tile: Size, scale: number): Layout => ({
  columns: Math.max(1, Math.floor(room.width / (tile.width * scale))),
  rows: Math.max(1, Math.floor(room.height / (tile.height * scale))),
});

/** The largest tiles of which so many fit. */
function largest(count: number, room: Size, limit: Layout): Layout {
  let best = limit;
  let bestSize = 0;
  for (let columns = 1; columns <= limit.columns; columns++) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const size = Math.min(room.width / columns / least.width, room.height / rows / least.height);
    if (rows <= limit.rows && size > bestSize) {
      [best, bestSize] = [{ columns, rows }, size];
    }
  }

  return best;
}
