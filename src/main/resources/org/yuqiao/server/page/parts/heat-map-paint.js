// @ts-check
/** Draws matrices and their labels on canvases. */
import { css, diverging, readableOn, sequential } from "./color.js";
import { cssColor } from "./theme.js";

/** @typedef {"sequential" | "diverging"} Scale */
/** @typedef {ArrayLike<number>} Row */

const FONT = 'system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const HAN = /^[\p{Script=Han}\u3000-\u303f\uff00-\uff65]+$/u;

/**
 * The bounds of the color scale: 0 to the maximum, or the maximum on both sides of 0.
 *
 * @param {readonly Row[]} values
 * @param {Scale} scale
 * @returns {[number, number]}
 */
export function domainOf(values, scale) {
  let max = 0;
  for (const row of values) {
    for (let column = 0; column < row.length; column++) {
      const value = Number(row[column]);
      if (Number.isFinite(value)) {
        max = Math.max(max, scale === "diverging" ? Math.abs(value) : value);
      }
    }
  }
  return [scale === "diverging" ? -(max || 1) : 0, max || 1];
}

/**
 * @param {number} value
 * @param {Scale} scale
 * @param {readonly [number, number]} domain
 * @returns {import("./color.js").Rgb}
 */
export function colorOf(value, scale, [low, high]) {
  return scale === "diverging" ? diverging(value / Math.max(Math.abs(low), Math.abs(high))) : sequential((value - low) / (high - low));
}

/**
 * A canvas of the given size in CSS pixels, sharp on every screen.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function sharpContext(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, 8192 / Math.max(width, height, 1));
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(canvas.width / width || 1, 0, 0, canvas.height / height || 1, 0, 0);
  return context;
}

/**
 * @typedef {object} Cells
 * @property {readonly Row[]} values
 * @property {Scale} scale
 * @property {readonly [number, number]} domain
 * @property {number} width of a cell in CSS pixels
 * @property {number} height
 * @property {((value: number) => string) | undefined} [format] writes the values into cells that are large enough
 */

/** @param {HTMLCanvasElement} canvas @param {Cells} cells */
export function paintCells(canvas, cells) {
  const { values, scale, domain, width, height, format } = cells;
  const columns = Math.max(0, ...values.map((row) => row.length));
  const context = sharpContext(canvas, columns * width, values.length * height);
  const gap = Math.min(width, height) >= 10 ? 1 : 0;
  const masked = cssColor("--line");
  const written = format !== undefined && width >= 34 && height >= 18;
  context.font = `11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  values.forEach((row, r) => {
    for (let c = 0; c < row.length; c++) {
      const value = Number(row[c] ?? Number.NaN);
      const x = c * width;
      const y = r * height;
      if (!Number.isFinite(value)) {
        context.strokeStyle = masked;
        context.beginPath();
        context.moveTo(x + width * 0.3, y + height * 0.7);
        context.lineTo(x + width * 0.7, y + height * 0.3);
        context.stroke();
        continue;
      }
      const color = colorOf(value, scale, domain);
      context.fillStyle = css(color);
      context.fillRect(x, y, width - gap + (gap ? 0 : 0.5), height - gap + (gap ? 0 : 0.5));
      if (written) {
        context.fillStyle = readableOn(color);
        context.fillText(format(value), x + width / 2, y + height / 2, width - 4);
      }
    }
  });
}

/** @type {CanvasRenderingContext2D | undefined} */
let measuring;

/** @param {string} text @param {number} size */
export function textWidth(text, size) {
  measuring ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  measuring.font = `${size}px ${FONT}`;
  return measuring.measureText(text).width;
}

/** @param {string} text @param {number} size @param {number} width */
export function shortened(text, size, width) {
  if (textWidth(text, size) <= width) {
    return text;
  }
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, size) > width) {
    letters.pop();
  }
  return `${letters.join("")}…`;
}

/**
 * @typedef {object} Labels
 * @property {readonly string[]} texts
 * @property {number} pitch CSS pixels from label to label
 * @property {number} length CSS pixels along the text
 * @property {number} size of the letters
 * @property {number | null} current label that is pointed at
 * @property {number | null} pinned
 * @property {boolean} [level] column labels side by side, not turned
 */

/** @param {CanvasRenderingContext2D} context @param {Labels} labels @param {number} index */
function labelStyle(context, labels, index) {
  const strong = index === labels.current || index === labels.pinned;
  context.font = `${strong ? "600 " : ""}${labels.size}px ${FONT}`;
  context.fillStyle = cachedInk[strong ? 1 : 0] ?? "";
}

/** @type {string[]} */
let cachedInk = [];

/** Labels beside the rows. @param {HTMLCanvasElement} canvas @param {Labels} labels */
export function paintRowLabels(canvas, labels) {
  cachedInk = [cssColor("--muted"), cssColor("--ink")];
  const context = sharpContext(canvas, labels.length, labels.texts.length * labels.pitch);
  context.textAlign = "right";
  context.textBaseline = "middle";
  labels.texts.forEach((text, index) => {
    labelStyle(context, labels, index);
    context.fillText(shortened(text, labels.size, labels.length - 10), labels.length - 6, (index + 0.5) * labels.pitch);
  });
}

/** Labels above the columns: level where they fit, else turned; Chinese is written downward. @param {HTMLCanvasElement} canvas @param {Labels} labels */
export function paintColumnLabels(canvas, labels) {
  cachedInk = [cssColor("--muted"), cssColor("--ink")];
  const context = sharpContext(canvas, labels.texts.length * labels.pitch, labels.length);
  context.textBaseline = "middle";
  labels.texts.forEach((text, index) => {
    labelStyle(context, labels, index);
    const x = (index + 0.5) * labels.pitch;
    if (labels.level) {
      context.textAlign = "center";
      context.fillText(text, x, labels.length - labels.size * 0.5 - 6);
    } else if (HAN.test(text) && [...text].length * labels.size * 1.1 < labels.length) {
      context.textAlign = "center";
      [...text].reverse().forEach((letter, up) => {
        context.fillText(letter, x, labels.length - 6 - labels.size * (0.55 + up * 1.1));
      });
    } else {
      context.save();
      context.translate(x, labels.length - 6);
      context.rotate(-Math.PI / 2);
      context.textAlign = "left";
      context.fillText(shortened(text, labels.size, labels.length - 10), 0, 0);
      context.restore();
    }
  });
}
