// @ts-check
/** What is followed through the steps: the row of a token, and in each step one cell of it. */
import { OF_KEYS, PAIRS } from "./trace.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {{row: number, column: number}} Cell */

/** The token of the address; unless it names one, "it", else the second. @param {Trace} trace @param {string | null} asked */
export function followedToken(trace, asked) {
  const last = trace.queries.length - 1;
  if (asked !== null) {
    return Math.max(0, Math.min(last, Math.trunc(Number(asked)) || 0));
  }
  const it = trace.queries.findIndex((token) => token === "\u2581it" || token === "it");
  return it >= 0 ? it : Math.min(last, 1);
}

/** The key that a token looks at most. @param {Trace} trace @param {number} token */
function attended(trace, token) {
  const weights = trace.steps.find(({ id }) => id === "weights")?.values[token] ?? [];
  return Math.max(0, weights.indexOf(Math.max(...weights)));
}

/** The row of a token; null where rows are keys. @param {Step} step @param {number} token */
export function followedRow(step, token) {
  return OF_KEYS.includes(step.id) ? null : token;
}

/**
 * The cell that is worked out.
 *
 * @param {Trace} trace
 * @param {number} index of the step
 * @param {number} token
 * @param {number | null} chosen column
 * @returns {Cell}
 */
export function followedCell(trace, index, token, chosen) {
  const step = /** @type {Step} */ (trace.steps[index]);
  const row = step.rows.length === trace.queries.length || !OF_KEYS.includes(step.id) ? token : attended(trace, token);
  if (step.id === "one-hot") {
    return { row, column: [step.ids?.[row] ?? 0].flat()[0] ?? 0 };
  }
  if (chosen !== null && chosen < (step.values[row]?.length ?? 0)) {
    return { row, column: chosen };
  }
  if (PAIRS.includes(step.id)) {
    return { row, column: attended(trace, token) };
  }
  const size = trace.steps.find(({ id }) => id === "query")?.shape[1] ?? 0;
  return { row, column: step.id === "concatenated" ? (trace.head - 1) * size : 0 };
}
