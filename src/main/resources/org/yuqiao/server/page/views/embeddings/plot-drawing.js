// @ts-check
/** Draws the map of words on a canvas: axes, dots, arrows, labels. */
import { bare } from "../../parts/text.js";
import { cssColor } from "../../parts/theme.js";
import { placeLabels } from "./labels.js";

/** @typedef {import("./camera.js").OnScreen} OnScreen */
/** @typedef {import("./camera.js").Vector} Vector */

/**
 * @typedef {object} PlotDrawing
 * @property {CanvasRenderingContext2D} context in CSS pixels
 * @property {Palette} colors
 * @property {import("./plot.js").PlotPoint[]} points
 * @property {Map<string, OnScreen>} screen the place of each word
 * @property {boolean} spatial
 * @property {import("./plot.js").Marks} marks
 * @property {string | undefined} hovered
 * @property {number} width
 * @property {number} height
 */

const LABELS = 90;

/** Dots, arrows and labels. @param {PlotDrawing} plot */
export function drawPlot(plot) {
  drawDots(plot);
  drawArrows(plot);
  drawLabels(plot);
}

/**
 * The three axes through the center.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {import("./camera.js").Bounds} bounds
 * @param {(point: Vector) => OnScreen} place
 * @param {string} color
 */
export function drawAxes(context, { center, radius }, place, color) {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.globalAlpha = 0.3;
  for (const axis of /** @type {const} */ (["x", "y", "z"])) {
    line(context, place({ ...center, [axis]: center[axis] - radius }), place({ ...center, [axis]: center[axis] + radius }));
  }
  context.globalAlpha = 1;
}

/** @param {PlotDrawing} plot */
function drawDots({ context, colors, points, screen, spatial, marks }) {
  const { word, neighbors = [], arrows = [] } = marks;
  const near = new Set([...neighbors, ...arrows.flat()]);
  const center = word === undefined ? undefined : screen.get(word);
  if (center) {
    context.strokeStyle = colors.neighbor;
    context.lineWidth = 1;
    context.globalAlpha = 0.5;
    for (const neighbor of neighbors) {
      const end = screen.get(neighbor);
      if (end) {
        line(context, center, end);
      }
    }
  }
  const depth = (/** @type {{word: string}} */ point) => screen.get(point.word)?.depth ?? 0;
  for (const point of spatial ? [...points].sort((a, b) => depth(a) - depth(b)) : points) {
    const at = screen.get(point.word);
    if (at) {
      const marked = point.word === word || near.has(point.word);
      const size = spatial ? 2.6 + at.depth * 0.8 : 2.6;
      context.globalAlpha = marked ? 1 : spatial ? Math.max(0.15, Math.min(0.8, 0.42 + at.depth * 0.3)) : 0.45;
      context.fillStyle = point.word === word ? colors.selected : near.has(point.word) ? colors.neighbor : colors.dot;
      context.beginPath();
      context.arc(at.x, at.y, Math.max(1.2, marked ? size + 2 : size), 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

/** @param {PlotDrawing} plot */
function drawArrows({ context, colors, screen, marks }) {
  context.strokeStyle = colors.selected;
  context.fillStyle = colors.selected;
  context.lineWidth = 2;
  const { arrows = [] } = marks;
  for (const [from, to] of arrows) {
    const [a, b] = [screen.get(from), screen.get(to)];
    if (a && b) {
      arrow(context, a, b);
    }
  }
  if (arrows.length === 2) {
    context.setLineDash([4, 4]);
    context.lineWidth = 1.25;
    for (const end of [0, 1]) {
      const [a, b] = [screen.get(arrows[0][end]), screen.get(arrows[1][end])];
      if (a && b) {
        line(context, a, b);
      }
    }
    context.setLineDash([]);
  }
}

/** Labels of the marked words, then of as many others as have room. @param {PlotDrawing} plot */
function drawLabels({ context, colors, points, screen, marks, hovered, width, height }) {
  const { word, neighbors = [], arrows = [] } = marks;
  const strong = [...new Set([word, hovered, ...arrows.flat(), ...neighbors])].filter(
    (w) => w !== undefined && screen.has(w),
  );
  const visible = points.filter(({ word: w }) => {
    const at = screen.get(w);
    return at && at.x > 0 && at.y > 0 && at.x < width && at.y < height;
  });
  const others = visible.map((point) => point.word).filter((w) => !strong.includes(w));
  const words = [...strong, ...others].slice(0, strong.length + LABELS);
  const font = getComputedStyle(context.canvas).fontFamily;
  const zoom = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  /** @param {number} i */
  const fontOf = (i) => (i < strong.length ? `600 ${13.5 * zoom}px ${font}` : `${12 * zoom}px ${font}`);
  const labels = words.map((w, i) => {
    context.font = fontOf(i);
    const at = /** @type {OnScreen} */ (screen.get(/** @type {string} */ (w)));
    return { x: at.x, y: at.y, width: context.measureText(bare(w ?? "")).width, height: (i < strong.length ? 17 : 15) * zoom, gap: 7 };
  });
  const boxes = placeLabels(labels, width, height, word === undefined ? Math.min(strong.length, 4) : 1);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  boxes.forEach((box, i) => {
    if (box) {
      const w = bare(words[i] ?? "");
      context.font = fontOf(i);
      context.strokeStyle = colors.surface;
      context.lineWidth = 3.5;
      context.strokeText(w, box.left, (box.top + box.bottom) / 2);
      context.fillStyle = i < strong.length ? colors.text : colors.quiet;
      context.fillText(w, box.left, (box.top + box.bottom) / 2);
    }
  });
}

/** @typedef {{dot: string, neighbor: string, selected: string, text: string, quiet: string, surface: string}} Palette */

/** @returns {Palette} in the page's theme */
export function palette() {
  return {
    dot: cssColor("--series-6"),
    neighbor: cssColor("--accent"),
    selected: cssColor("--target"),
    text: cssColor("--ink"),
    quiet: cssColor("--muted"),
    surface: cssColor("--surface"),
  };
}

/** @param {CanvasRenderingContext2D} context @param {OnScreen} a @param {OnScreen} b */
function line(context, a, b) {
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.lineTo(b.x, b.y);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {OnScreen} a @param {OnScreen} b */
function arrow(context, a, b) {
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  const end = { ...b, x: b.x - 6 * Math.cos(angle), y: b.y - 6 * Math.sin(angle) };
  line(context, a, end);
  context.beginPath();
  context.moveTo(end.x, end.y);
  for (const side of [-0.42, 0.42]) {
    context.lineTo(end.x - 9 * Math.cos(angle + side), end.y - 9 * Math.sin(angle + side));
  }
  context.fill();
}
