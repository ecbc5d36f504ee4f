// @ts-check
/** The sizes of a heat map, by the room that it has. */
import { textWidth } from "./heat-map-paint.js";

/**
 * @typedef {object} HeatMapLayout CSS pixels
 * @property {number} cellWidth
 * @property {number} cellHeight
 * @property {number} labelWidth of the rows' labels
 * @property {number} labelHeight of the columns' labels
 * @property {boolean} level whether the columns' labels fit without being turned
 */

const LABELED_MIN = 15;

/** The size of letters in rows or columns that are `pitch` apart. @param {number} pitch @param {number} scale */
export function letterSize(pitch, scale) {
  return Math.max(11, Math.min(13 * scale, pitch - 3));
}

/**
 * @param {object} room
 * @param {number} room.width
 * @param {number} room.rowCount
 * @param {number} room.columnCount
 * @param {readonly string[]} room.rows labels
 * @param {readonly string[]} room.columns labels
 * @param {number} room.maxCell
 * @param {boolean} room.showValues
 * @param {number} room.scale of the letters
 * @returns {HeatMapLayout}
 */
export function heatMapLayout({ width, rowCount, columnCount, rows, columns, maxCell, showValues, scale }) {
  const widest = Math.max(0, ...rows.map((text) => textWidth(text, letterSize(maxCell, scale))));
  const labelWidth = rows.length ? Math.min(Math.ceil(widest) + 14, width < 480 ? 84 : 140 * scale) : 0;
  const fitting = Math.max(80, width - labelWidth - 2) / Math.max(1, columnCount);
  const { cellWidth, cellHeight } = columns.length
    ? square(Math.max(LABELED_MIN, Math.min(maxCell, Math.floor(fitting))))
    : unlabeled(Math.max(2, Math.min(maxCell, fitting)), rowCount, rows.length > 0, maxCell);
  const size = letterSize(cellWidth, scale);
  const longest = Math.max(0, ...columns.map((text) => textWidth(text, size)));
  const level = columns.length > 0 && longest <= cellWidth - 4;
  return {
    cellWidth,
    cellHeight: showValues && cellWidth >= 34 ? Math.max(cellHeight, 22) : cellHeight,
    labelWidth,
    labelHeight: columns.length ? (level ? size + 12 : Math.min(Math.ceil(longest) + 14, 120)) : 0,
    level,
  };
}

/** @param {number} side */
function square(side) {
  return { cellWidth: side, cellHeight: side };
}

/** Cells without labels of the columns. @param {number} cellWidth @param {number} rowCount @param {boolean} labeled rows @param {number} maxCell */
function unlabeled(cellWidth, rowCount, labeled, maxCell) {
  const tall = labeled ? 22 : Math.min(cellWidth, 360 / Math.max(1, rowCount));
  return { cellWidth, cellHeight: Math.max(labeled ? LABELED_MIN : 2, Math.min(maxCell, tall)) };
}
