// Where a box that is moved snaps to. All in millimetres.

const MARGIN = 10; // of beamer's text

/** Return the lines that edges and middles snap to: those of other boxes, of the page, and its margins. */
export function linesOf(page, others) {
  const across = [0, MARGIN, page.width / 2, page.width - MARGIN, page.width];
  const down = [0, MARGIN, page.height / 2, page.height - MARGIN, page.height];
  for (const box of others) {
    across.push(box.x0, (box.x0 + box.x1) / 2, box.x1);
    down.push(box.y0, (box.y0 + box.y1) / 2, box.y1);
  }
  return { across, down };
}

/** Return how far the nearest line is from one of some places, and that line; null where none is near. */
function nearest(places, lines, near) {
  let found = null;
  for (const place of places) {
    for (const line of lines) {
      const by = line - place;
      if (Math.abs(by) <= near && (!found || Math.abs(by) < Math.abs(found.by))) found = { by, line };
    }
  }
  return found;
}

const toGrid = (place, grid) => ({ by: Math.round(place / grid) * grid - place, line: null });

/**
 * Return a move that snaps, and the lines that it snaps to.
 *
 * `move` is how far the box goes, right and down; `edges` says which of its sides go with it (all, or of a resize the
 * right one); `near` is how near a line has to be; `grid` is the distance of grid lines, or 0.
 */
export function snapped(box, move, lines, near, grid, edges = 'all') {
  const left = box.x0 + move.x;
  const top = box.y0 + move.y;
  const right = box.x1 + move.x;
  const bottom = box.y1 + move.y;
  const across = edges === 'all' ? [left, (left + right) / 2, right] : [right];
  const down = edges === 'all' ? [top, (top + bottom) / 2, bottom] : [];
  const x = (lines && nearest(across, lines.across, near)) ?? (grid ? toGrid(across[0], grid) : null);
  const y = (lines && nearest(down, lines.down, near)) ?? (grid && down.length ? toGrid(top, grid) : null);
  return {
    x: move.x + (x?.by ?? 0),
    y: move.y + (y?.by ?? 0),
    guides: { x: x?.line ?? null, y: y?.line ?? null },
  };
}
