// @ts-check
/** Cells of a matrix on the screen: moving from one to another by keys, scrolling to one. */

/** @typedef {{row: number, column: number}} Cell */

/** @param {Cell | null} a @param {Cell | null} b */
export function sameCell(a, b) {
  return a?.row === b?.row && a?.column === b?.column;
}

/**
 * The cell that a key leads to; undefined for keys that do not move.
 *
 * @param {string} key
 * @param {Cell} from
 * @param {number} rows
 * @param {number} columns
 * @returns {Cell | undefined}
 */
export function cellAfter(key, { row, column }, rows, columns) {
  /** @type {Record<string, [number, number]>} */
  const moves = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, columns - 1],
    PageUp: [row - 10, column],
    PageDown: [row + 10, column],
  };
  const move = moves[key];
  const clamp = (/** @type {number} */ value, /** @type {number} */ count) => Math.max(0, Math.min(count - 1, value));
  return move && rows > 0 ? { row: clamp(move[0], rows), column: clamp(move[1], columns) } : undefined;
}

/** @typedef {{cellWidth: number, cellHeight: number, labelWidth: number, labelHeight: number}} Sizes CSS pixels */

/**
 * Scrolls a cell into sight beside the labels.
 *
 * @param {HTMLElement} scroll
 * @param {{row: number, column: number | null}} cell
 * @param {Sizes} sizes
 */
export function reveal(scroll, { row, column }, { cellWidth, cellHeight, labelWidth, labelHeight }) {
  const top = row * cellHeight;
  const bottom = top + cellHeight - (scroll.clientHeight - labelHeight);
  scroll.scrollTop = Math.max(bottom, Math.min(top, scroll.scrollTop));
  if (column !== null) {
    const left = column * cellWidth;
    const right = left + cellWidth - (scroll.clientWidth - labelWidth);
    scroll.scrollLeft = Math.max(right, Math.min(left, scroll.scrollLeft));
  }
}
