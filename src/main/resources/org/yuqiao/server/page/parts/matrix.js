// @ts-check
/** A matrix of numbers with its name, shape and range: small ones show their numbers, large ones colors. */
import { HeatMap, shortNumber } from "./heat-map.js";

/**
 * @typedef {object} MatrixData
 * @property {string} label
 * @property {readonly ArrayLike<number>[]} values
 * @property {readonly string[]} [rows]
 * @property {readonly string[]} [columns]
 * @property {string} [rowsTitle]
 * @property {string} [columnsTitle]
 * @property {readonly [number, number]} [shape] of the whole matrix, if values were cut
 * @property {readonly [number, number]} [domain]
 */

/**
 * @param {HTMLElement} host an empty element
 * @param {import("../i18n.js").Translate} t
 * @param {import("./heat-map.js").HeatMapEvents} [events]
 */
export function matrix(host, t, events) {
  const head = document.createElement("p");
  head.className = "matrix-head";
  const body = document.createElement("div");
  host.classList.add("matrix");
  host.replaceChildren(head, body);
  const map = new HeatMap(body, t, events);
  return {
    map,
    /** @param {MatrixData} data */
    set(data) {
      const { values, shape } = data;
      const columns = Math.max(0, ...values.map((row) => row.length));
      const [rowCount, columnCount] = shape ?? [values.length, columns];
      const signed = values.some((row) => Array.prototype.some.call(row, (value) => Number.isFinite(value) && value < 0));
      head.textContent = `${data.label}  [${rowCount} × ${columnCount}]`;
      map.set({
        ...data,
        scale: signed ? "diverging" : "sequential",
        total: { rows: rowCount, columns: columnCount },
        format: shortNumber,
        showValues: true,
        maxCell: columns <= 24 ? 56 : 40,
      });
    },
    dispose() {
      map.dispose();
    },
  };
}
