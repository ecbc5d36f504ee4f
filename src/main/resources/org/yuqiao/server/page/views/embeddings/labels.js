// @ts-check
/**
 * Chooses which labels of a scatter plot are drawn, so that none covers another.
 */

/**
 * @typedef {object} Label
 * @property {number} x the point's pixel
 * @property {number} y
 * @property {number} width of the text
 * @property {number} height of the text
 * @property {number} gap pixels between point and text
 */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/**
 * Places labels in the order given: right of the point, else left, above, below; else not at all.
 *
 * @param {Label[]} labels the most important first
 * @param {number} width of the plot
 * @param {number} height of the plot
 * @param {number} must the first `must` labels are placed in any case
 * @returns {(Box | null)[]}
 */
export function placeLabels(labels, width, height, must) {
  const cell = 48;
  /** @type {Map<string, Box[]>} */
  const grid = new Map();

  /** @param {Box} box @returns {string[]} */
  function cells(box) {
    const keys = [];
    for (let cx = Math.floor(box.left / cell); cx <= Math.floor(box.right / cell); cx++) {
      for (let cy = Math.floor(box.top / cell); cy <= Math.floor(box.bottom / cell); cy++) {
        keys.push(`${cx},${cy}`);
      }
    }
    return keys;
  }

  /** @param {Box} box */
  function fits(box) {
    if (box.left < 0 || box.top < 0 || box.right > width || box.bottom > height) {
      return false;
    }
    return cells(box).every((key) => (grid.get(key) ?? []).every((other) => !overlap(box, other)));
  }

  return labels.map((label, index) => {
    const options = around(label);
    let box = options.find(fits) ?? null;
    if (!box && index < must) {
      box = options[0];
    }
    if (box) {
      for (const key of cells(box)) {
        grid.set(key, [...(grid.get(key) ?? []), box]);
      }
    }
    return box;
  });
}

/** @param {Label} label @returns {Box[]} */
function around({ x, y, width, height, gap }) {
  /** @param {number} left @param {number} top */
  const at = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  return [
    at(x + gap, y - height / 2),
    at(x - gap - width, y - height / 2),
    at(x - width / 2, y - gap - height),
    at(x - width / 2, y + gap),
  ];
}

/** @param {Box} a @param {Box} b */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
