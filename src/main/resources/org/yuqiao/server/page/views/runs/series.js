// @ts-check
/**
 * Curves of trainings: axes, smoothing, and what a live event adds.
 */

/** @typedef {[step: number, minutes: number, value: number]} Sample */
/** @typedef {Record<string, Sample[]>} Curves */
/** @typedef {{x: number, y: number}} Point */

/**
 * @param {Sample[]} samples
 * @param {"step" | "minutes"} axis
 * @returns {Point[]}
 */
export function points(samples, axis) {
  const column = axis === "step" ? 0 : 1;
  return samples
    .filter((sample) => Number.isFinite(sample[2]))
    .map((sample) => ({ x: sample[column], y: sample[2] }));
}

/**
 * Exponential moving average without bias towards its start, as TensorBoard smooths.
 *
 * @param {Point[]} curve
 * @param {number} weight of what came before, from 0 to below 1
 * @returns {Point[]}
 */
export function smooth(curve, weight) {
  let sum = 0;
  let norm = 0;
  return curve.map(({ x, y }) => {
    sum = sum * weight + (1 - weight) * y;
    norm = norm * weight + (1 - weight);
    return { x, y: sum / norm };
  });
}

/**
 * The curves with the samples of a live event; a resumed run measures steps again, and the newest count.
 *
 * @param {Curves} curves
 * @param {Record<string, Sample>} samples one of each curve
 * @returns {Curves}
 */
export function appended(curves, samples) {
  const next = { ...curves };
  for (const [name, sample] of Object.entries(samples)) {
    const before = (next[name] ?? []).filter((other) => other[0] < sample[0]);
    next[name] = [...before, sample];
  }
  return next;
}
