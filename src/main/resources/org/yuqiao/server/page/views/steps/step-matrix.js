// @ts-check
/** The matrix of a step, as the matrix view draws it. */
import { shortNumber } from "../../parts/heat-map.js";
import { exactNumber } from "../../parts/matrix-view.js";
import { labelOf, labels } from "../../parts/text.js";
import { followedCell, followedRow } from "./followed.js";
import { OF_KEYS, PAIRS } from "./trace.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").Step} Step */

/**
 * @param {import("../../i18n.js").Translate} t
 * @param {Trace} trace
 * @param {number} index of the step
 * @param {number} token that is followed
 * @param {number | null} column that was chosen
 * @returns {import("../../parts/matrix-view.js").MatrixViewData}
 */
export function stepMatrix(t, trace, index, token, column) {
  const step = /** @type {Step} */ (trace.steps[index]);
  const pair = PAIRS.includes(step.id);
  const ids = step.id === "tokens";
  const { values, width, names } = shownValues(step);
  const signed = values.some((row) => row.some((value) => value < 0));
  return {
    label: t("steps.matrix", t(`name.${step.id}`), ...step.shape),
    values,
    rows: labels(step.rows),
    columns: pair ? labels(step.columns) : ids ? ["id"] : [],
    ...(names && { names: names.map((name, place) => (step.tokens?.length ? t("steps.rank", (place % width) + 1, labelOf(name)) : name)) }),
    rowsTitle: t(pair ? "steps.query" : OF_KEYS.includes(step.id) ? "steps.key" : "steps.token.axis"),
    columnsTitle: t(pair ? "steps.key" : step.tokens?.length ? "steps.rank.axis" : "steps.dimension"),
    scale: signed ? "diverging" : "sequential",
    format: ids ? String : shortNumber,
    exact: ids ? String : exactNumber,
    ...(step.id === "weights" && { domain: /** @type {const} */ ([0, 1]) }),
    square: pair,
    maxCell: pair ? 44 : ids ? 96 : 40,
    row: followedRow(step, token),
    column: null,
    mark: followedCell(trace, index, token, column),
    ...(pair && { masked: t("steps.masked") }),
  };
}

/** What is drawn of a step: its values, or the ones of one-hot rows in their places. @param {Step} step @returns {{values: number[][], width: number, names?: string[]}} */
function shownValues(step) {
  if (step.id === "one-hot") {
    const ids = (step.ids ?? []).map((id) => (Array.isArray(id) ? (id[0] ?? 0) : id));
    const values = ids.map((id) => Array.from({ length: step.shape[1] }, (_, column) => (column === id ? 1 : 0)));
    return { values, width: step.shape[1] };
  }
  const width = step.values[0]?.length ?? 1;
  return { values: step.values, width, ...(step.tokens?.length && { names: step.tokens.flatMap((row) => row.slice(0, width)) }) };
}
