// @ts-check
/** Attention matrices as they are shown: heads averaged, subwords joined, and what a head is like in two numbers. */
import { continuesWord } from "../../parts/text.js";

/** @typedef {number[][]} Matrix rows are queries, columns keys; NaN: masked */
/** @typedef {"encoder" | "decoder" | "cross"} Kind */

/**
 * The entropy of a row in nats: 0 for one key only, ln n for n keys of the same weight.
 *
 * @param {readonly number[]} row
 */
export function entropy(row) {
  return row.reduce((sum, weight) => (weight > 0 ? sum - weight * Math.log(weight) : sum), 0);
}

/** The mean entropy of the rows, in nats. @param {Matrix} matrix */
export function meanEntropy(matrix) {
  return mean(matrix.map(entropy));
}

/**
 * How far from itself a query looks, in tokens, weighted: the mean of |i - j|. Between two sentences, the
 * distance from the diagonal that joins their beginnings and their ends.
 *
 * @param {Matrix} matrix
 */
export function meanDistance(matrix) {
  const keys = matrix[0]?.length ?? 0;
  const slope = matrix.length > 1 ? (keys - 1) / (matrix.length - 1) : 0;
  return mean(matrix.map((row, i) => row.reduce((sum, weight, j) => (weight > 0 ? sum + weight * Math.abs(i * slope - j) : sum), 0)));
}

/** @param {number[]} values */
function mean(values) {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}

/** The mean of several heads. @param {readonly Matrix[]} heads @returns {Matrix} */
export function average(heads) {
  return (heads[0] ?? []).map((row, i) => row.map((_, j) => mean(heads.map((head) => head[i]?.[j] ?? 0))));
}

/** Marks the keys after each query, which a causal decoder may not see. @param {Matrix} matrix @returns {Matrix} */
export function masked(matrix) {
  return matrix.map((row, i) => row.map((weight, j) => (j > i ? Number.NaN : weight)));
}

/**
 * Tokens grouped to words, as indexes.
 *
 * @param {readonly string[]} tokens
 * @returns {number[][]}
 */
export function words(tokens) {
  /** @type {number[][]} */
  const groups = [];
  tokens.forEach((_, index) => {
    if (continuesWord(tokens, index)) {
      groups.at(-1)?.push(index);
    } else {
      groups.push([index]);
    }
  });
  return groups;
}

/**
 * Attention between words: what a word looks at is the mean of its subwords, what it gets is their sum.
 * Rows still add up to 1.
 *
 * @param {Matrix} matrix
 * @param {readonly (readonly number[])[]} queries
 * @param {readonly (readonly number[])[]} keys
 * @returns {Matrix}
 */
export function merged(matrix, queries, keys) {
  const at = (/** @type {number} */ i, /** @type {number} */ j) => matrix[i]?.[j] ?? 0;
  return queries.map((rows) => keys.map((columns) => mean(rows.map((i) => columns.reduce((sum, j) => sum + at(i, j), 0)))));
}

/**
 * The positions of the largest values, largest first; what is masked is left out.
 *
 * @param {readonly number[]} values
 * @param {number} count
 */
export function top(values, count) {
  return values
    .map((value, index) => ({ value, index }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => b.value - a.value || a.index - b.index)
    .slice(0, count);
}
