// @ts-check
/** Draws the part of a matrix that is in sight: cells, labels, numbers, masked cells, marks. */
import { readableOn } from "./color.js";
import { colorOf, shortened } from "./heat-map-paint.js";
import { cssColor } from "./theme.js";

/** @typedef {import("./heat-map-paint.js").Row} Row */
/** @typedef {import("./heat-map-paint.js").Scale} Scale */

export const FONT = 'system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const HAN = /^[\p{Script=Han}，。！？；：、]+$/u;

/**
 * A matrix as an image of one pixel a cell; what is not finite stays transparent.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {readonly Row[]} values
 * @param {Scale} scale
 * @param {readonly [number, number]} domain
 * @param {(value: number) => number} [bend] of the values before they are colored
 */
export function paintPixels(canvas, values, scale, domain, bend = (value) => value) {
  const columns = Math.max(1, ...values.map((row) => row.length));
  canvas.width = columns;
  canvas.height = Math.max(1, values.length);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(canvas.width, canvas.height);
  values.forEach((row, r) => {
    for (let c = 0; c < row.length; c++) {
      const value = Number(row[c]);
      if (Number.isFinite(value)) {
        image.data.set([...colorOf(bend(value), scale, domain), 255], (r * columns + c) * 4);
      }
    }
  });
  context.putImageData(image, 0, 0);
}

/** A pattern of thin slanted lines, for cells that are masked. @param {CanvasRenderingContext2D} context @param {string} color */
function hatch(context, color) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift, 6);
    pen.lineTo(shift + 6, 0);
  }
  pen.stroke();
  return /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
}

/**
 * @typedef {object} Sight
 * @property {readonly Row[]} values
 * @property {HTMLCanvasElement} pixels
 * @property {Scale} scale
 * @property {readonly [number, number]} domain
 * @property {readonly string[]} rows
 * @property {readonly string[]} columns
 * @property {(value: number) => string} format
 * @property {number} cellWidth
 * @property {number} cellHeight
 * @property {number} labelWidth
 * @property {number} labelHeight
 * @property {boolean} level column labels are not turned
 * @property {number} left scrolled by
 * @property {number} top
 * @property {number} width of the canvas
 * @property {number} height
 * @property {number | null} row marked
 * @property {number | null} column marked
 * @property {{row: number, column: number} | null} mark
 * @property {{row: number, column: number} | null} cursor
 */

/** @param {CanvasRenderingContext2D} context @param {Sight} sight */
export function paintSight(context, sight) {
  const { values, cellWidth, cellHeight, labelWidth, labelHeight, left, top, width, height } = sight;
  const columns = sight.pixels.width;
  const colors = { ink: cssColor("--ink"), muted: cssColor("--muted"), ground: cssColor("--surface"), mark: cssColor("--target"), hatch: cssColor("--line-strong") };
  context.clearRect(0, 0, width, height);
  if (!values.length) {
    return;
  }
  const range = {
    top: Math.max(0, Math.floor(top / cellHeight)),
    bottom: Math.min(values.length, Math.ceil((top + height - labelHeight) / cellHeight)),
    left: Math.max(0, Math.floor(left / cellWidth)),
    right: Math.min(columns, Math.ceil((left + width - labelWidth) / cellWidth)),
  };
  context.save();
  context.beginPath();
  context.rect(labelWidth, labelHeight, width - labelWidth, height - labelHeight);
  context.clip();
  context.translate(labelWidth - left, labelHeight - top);
  const area = /** @type {const} */ ([range.left * cellWidth, range.top * cellHeight, (range.right - range.left) * cellWidth, (range.bottom - range.top) * cellHeight]);
  context.globalAlpha = 0.55;
  context.fillStyle = hatch(context, colors.hatch);
  context.fillRect(...area);
  context.globalAlpha = 1;
  context.imageSmoothingEnabled = false;
  if (cellWidth < 1) {
    context.drawImage(extremes(sight), 0, 0, columns * cellWidth, values.length * cellHeight);
  } else {
    context.drawImage(sight.pixels, range.left, range.top, range.right - range.left, range.bottom - range.top, ...area);
  }
  paintGaps(context, sight, range, colors.ground);
  paintNumbers(context, sight, range);
  paintMarks(context, sight, colors);
  context.restore();
  paintRowLabels(context, sight, range, colors);
  paintColumnLabels(context, sight, range, colors);
}

const EXTREME_WIDTH = 2;
/** From one label to the next, CSS pixels. */
const LABEL_ROOM = 12;

/** More columns than room: each place shows the value farthest from 0, so that a single 1 is not lost. @param {Sight} sight */
function extremes({ values, pixels, cellWidth, scale, domain }) {
  const places = Math.max(1, Math.round((pixels.width * cellWidth) / EXTREME_WIDTH));
  const reduced = values.map((row) => {
    const found = new Float64Array(places).fill(Number.NaN);
    for (let c = 0; c < row.length; c++) {
      const place = Math.min(places - 1, Math.floor((c * places) / pixels.width));
      const value = Number(row[c]);
      if (!(Math.abs(value) <= Math.abs(found[place] ?? Number.NaN))) {
        found[place] = value;
      }
    }
    return found;
  });
  const canvas = document.createElement("canvas");
  paintPixels(canvas, reduced, scale, domain);
  return canvas;
}

/** @typedef {{top: number, bottom: number, left: number, right: number}} Range */

/** @param {CanvasRenderingContext2D} context @param {Sight} sight @param {Range} range @param {string} ground */
function paintGaps(context, { cellWidth, cellHeight }, range, ground) {
  context.fillStyle = ground;
  if (cellWidth >= 9) {
    for (let c = range.left; c < range.right; c++) {
      context.fillRect((c + 1) * cellWidth - 1, range.top * cellHeight, 1, (range.bottom - range.top) * cellHeight);
    }
  }
  if (cellHeight >= 9) {
    for (let r = range.top; r < range.bottom; r++) {
      context.fillRect(range.left * cellWidth, (r + 1) * cellHeight - 1, (range.right - range.left) * cellWidth, 1);
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {Sight} sight @param {Range} range */
function paintNumbers(context, sight, range) {
  const { values, cellWidth, cellHeight, scale, domain, format } = sight;
  if (cellWidth < 38 || cellHeight < 16) {
    return;
  }
  context.font = `12px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let r = range.top; r < range.bottom; r++) {
    for (let c = range.left; c < range.right; c++) {
      const value = Number(values[r]?.[c] ?? Number.NaN);
      if (Number.isFinite(value)) {
        context.fillStyle = readableOn(colorOf(value, scale, domain));
        context.fillText(format(value), (c + 0.5) * cellWidth, (r + 0.5) * cellHeight, cellWidth - 5);
      }
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {Sight} sight @param {{ink: string, mark: string, ground: string}} colors */
function paintMarks(context, { values, pixels, cellWidth, cellHeight, row, column, mark, cursor }, colors) {
  const frame = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, /** @type {number} */ h, /** @type {string} */ color) => {
    context.lineWidth = 4;
    context.strokeStyle = colors.ground;
    context.strokeRect(x, y, w, h);
    context.lineWidth = 2;
    context.strokeStyle = color;
    context.strokeRect(x, y, w, h);
  };
  if (row !== null) {
    frame(1, row * cellHeight, pixels.width * cellWidth - 2, cellHeight, colors.mark);
  }
  if (column !== null) {
    frame(column * cellWidth, 1, cellWidth, values.length * cellHeight - 2, colors.mark);
  }
  for (const cell of [mark, cursor]) {
    if (cell) {
      const room = Math.min(cellWidth, cellHeight) < 8 ? 3 : 0;
      frame(cell.column * cellWidth - room, cell.row * cellHeight - room / 2, cellWidth + 2 * room, cellHeight + room, cell === cursor ? colors.ink : colors.mark);
    }
  }
}

/** Labels that are marked, or have room: where the pitch is small, every second or third. @param {number} index @param {number} pitch @param {(number | null | undefined)[]} marked */
function hasRoom(index, pitch, marked) {
  if (marked.includes(index)) {
    return true;
  }
  const every = Math.ceil(LABEL_ROOM / pitch);
  return index % every === 0 && !marked.some((mark) => mark != null && pitch < 14 && Math.abs(mark - index) * pitch < 14);
}

/** @param {CanvasRenderingContext2D} context @param {Sight} sight @param {Range} range @param {{ink: string, muted: string}} colors */
function paintRowLabels(context, sight, range, colors) {
  const { rows, cellHeight, labelWidth, labelHeight, top, row, cursor, height } = sight;
  const size = Math.max(11, Math.min(13, cellHeight - 2));
  context.save();
  context.beginPath();
  context.rect(0, labelHeight, labelWidth, height - labelHeight);
  context.clip();
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (let r = range.top; r < range.bottom && rows.length; r++) {
    if (hasRoom(r, cellHeight, [row, cursor?.row])) {
      const strong = r === row || r === cursor?.row;
      context.font = `${strong ? "650 " : ""}${size}px ${FONT}`;
      context.fillStyle = strong ? colors.ink : colors.muted;
      context.fillText(shortened(rows[r] ?? "", size, labelWidth - 12), labelWidth - 7, labelHeight + (r + 0.5) * cellHeight - top);
    }
  }
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Sight} sight @param {Range} range @param {{ink: string, muted: string}} colors */
function paintColumnLabels(context, sight, range, colors) {
  const { columns, cellWidth, labelWidth, labelHeight, left, column, cursor, level, width } = sight;
  const size = Math.max(11, Math.min(13, cellWidth - 2));
  context.save();
  context.beginPath();
  context.rect(labelWidth, 0, width - labelWidth, labelHeight);
  context.clip();
  context.textBaseline = "middle";
  for (let c = range.left; c < range.right && columns.length; c++) {
    if (!hasRoom(c, cellWidth, [column, cursor?.column])) {
      continue;
    }
    const strong = c === column || c === cursor?.column;
    context.font = `${strong ? "650 " : ""}${size}px ${FONT}`;
    context.fillStyle = strong ? colors.ink : colors.muted;
    const x = labelWidth + (c + 0.5) * cellWidth - left;
    const text = columns[c] ?? "";
    if (level) {
      context.textAlign = "center";
      context.fillText(text, x, labelHeight - size * 0.5 - 5);
    } else if (HAN.test(text) && [...text].length * size * 1.1 < labelHeight) {
      context.textAlign = "center";
      [...text].reverse().forEach((letter, up) => context.fillText(letter, x, labelHeight - 5 - size * (0.55 + up * 1.1)));
    } else {
      context.save();
      context.translate(x, labelHeight - 6);
      context.rotate(-Math.PI / 2);
      context.textAlign = "left";
      context.fillText(shortened(text, size, labelHeight - 10), 0, 0);
      context.restore();
    }
  }
  context.restore();
}
