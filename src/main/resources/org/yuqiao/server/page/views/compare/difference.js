// @ts-check
/** How two translations and two attention matrices differ. */

/**
 * The places of tokens that have no partner in the longest common subsequence.
 *
 * @param {readonly string[]} ours
 * @param {readonly string[]} theirs
 * @returns {{ours: Set<number>, theirs: Set<number>}}
 */
export function unmatched(ours, theirs) {
  const lengths = Array.from({ length: ours.length + 1 }, () => new Uint16Array(theirs.length + 1));
  const at = (/** @type {number} */ i, /** @type {number} */ j) => lengths[i]?.[j] ?? 0;
  for (let i = ours.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      const row = /** @type {Uint16Array} */ (lengths[i]);
      row[j] = ours[i] === theirs[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found = { ours: new Set(ours.keys()), theirs: new Set(theirs.keys()) };
  for (let i = 0, j = 0; i < ours.length && j < theirs.length; ) {
    if (ours[i] === theirs[j]) {
      found.ours.delete(i++);
      found.theirs.delete(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      i++;
    } else {
      j++;
    }
  }
  return found;
}

/**
 * The weights of a head, or of the mean of all heads; undefined if there is none.
 *
 * @param {number[][][][]} weights `[layers][heads][queries][keys]`
 * @param {number} layer counted from 1
 * @param {number} head counted from 1; 0: mean
 * @returns {number[][] | undefined}
 */
export function headOf(weights, layer, head) {
  const heads = weights[layer - 1];
  if (!heads || heads.length === 0 || head > 0) {
    return heads?.[head - 1];
  }
  return (heads[0] ?? []).map((row, q) => row.map((_, k) => heads.reduce((sum, one) => sum + (one[q]?.[k] ?? 0), 0) / heads.length));
}

/** @param {readonly string[]} a @param {readonly string[]} b */
export function sameTokens(a, b) {
  return a.length === b.length && a.every((token, index) => token === b[index]);
}

/**
 * Cell by cell, a minus b, with the mean absolute difference and the cell of the largest.
 *
 * @param {number[][]} a
 * @param {number[][]} b
 */
export function difference(a, b) {
  const values = a.map((row, r) => row.map((value, c) => value - (b[r]?.[c] ?? 0)));
  let sum = 0;
  let count = 0;
  let largest = { row: 0, column: 0, value: 0 };
  values.forEach((cells, row) =>
    cells.forEach((value, column) => {
      sum += Math.abs(value);
      count++;
      if (Math.abs(value) > Math.abs(largest.value)) {
        largest = { row, column, value };
      }
    }),
  );
  return { values, mean: count ? sum / count : 0, largest };
}
