// @ts-check
import { onTheme } from "../../parts/theme.js";
import { extent, initialCamera, projector, zoomAt } from "./camera.js";
import { drawAxes, drawPlot, palette } from "./plot-drawing.js";

/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./camera.js").OnScreen} OnScreen */

/** @typedef {{word: string, index: number, x: number, y: number, z?: number}} PlotPoint */

/**
 * @typedef {object} Marks what stands out in the plot
 * @property {string} [word] the selected word
 * @property {string[]} [neighbors] the nearest first
 * @property {[string, string][]} [arrows] from word to word
 */

/** The scatter plot of a projection on a canvas: pan, zoom, rotate, point at words. */
export class Plot {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(word: string) => void} onSelect
   */
  constructor(canvas, onSelect) {
    this.canvas = canvas;
    this.onSelect = onSelect;
    /** @type {PlotPoint[]} */
    this.points = [];
    /** @type {Marks} */
    this.marks = {};
    this.bounds = extent([]);
    this.camera = initialCamera(false);
    this.spatial = false;
    /** @type {string | undefined} */
    this.hovered = undefined;
    this.frame = 0;
    this.stop = new AbortController();
    this.resized = new ResizeObserver(() => this.redraw());
    this.resized.observe(canvas);
    /** @type {import("./plot-drawing.js").Palette | undefined} */
    this.colors = undefined;
    this.offTheme = onTheme(() => {
      this.colors = undefined;
      this.redraw();
    });
    this.listen();
  }

  dispose() {
    cancelAnimationFrame(this.frame);
    this.stop.abort();
    this.resized.disconnect();
    this.offTheme();
  }

  /** @param {PlotPoint[]} points */
  setPoints(points) {
    const spatial = points[0]?.z !== undefined;
    if (spatial !== this.spatial || this.points.length === 0) {
      this.camera = initialCamera(spatial);
    }
    this.spatial = spatial;
    this.points = points;
    this.bounds = extent(points);
    this.redraw();
  }

  /** @param {Marks} marks */
  setMarks(marks) {
    this.marks = marks;
    this.redraw();
  }

  reset() {
    this.camera = initialCamera(this.spatial);
    this.redraw();
  }

  /** @param {number} by */
  zoom(by) {
    const { width, height } = this.canvas.getBoundingClientRect();
    this.camera = zoomAt(this.camera, by, width / 2, height / 2, width, height);
    this.redraw();
  }

  /** Draws at the next frame. */
  redraw() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  draw() {
    const { width, height } = this.canvas.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    if (width === 0 || height === 0) {
      return;
    }
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const context = this.canvas.getContext("2d");
    if (!context) {
      return;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.colors ??= palette();
    const { colors } = this;
    const place = projector(this.camera, this.bounds, width, height);
    /** @type {Map<string, OnScreen>} */
    const screen = new Map(this.points.map((point) => [point.word, place(point)]));
    if (this.spatial) {
      drawAxes(context, this.bounds, place, colors.quiet);
    }
    const { points, spatial, marks, hovered } = this;
    drawPlot({ context, colors, points, screen, spatial, marks, hovered, width, height });
  }

  listen() {
    const { canvas } = this;
    const options = { signal: this.stop.signal };
    /** @type {Map<number, {x: number, y: number}>} */
    const pressed = new Map();
    let moved = 0;
    canvas.addEventListener(
      "pointerdown",
      (event) => {
        canvas.setPointerCapture(event.pointerId);
        pressed.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
        moved = 0;
      },
      options,
    );
    canvas.addEventListener(
      "pointermove",
      (event) => {
        const before = pressed.get(event.pointerId);
        if (!before) {
          this.hover(event.offsetX, event.offsetY);
          return;
        }
        const now = { x: event.offsetX, y: event.offsetY };
        moved += Math.hypot(now.x - before.x, now.y - before.y);
        const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
        if (other) {
          this.pinch(other, before, now);
        } else {
          this.drag(now.x - before.x, now.y - before.y, event.shiftKey || event.buttons === 2);
        }
        pressed.set(event.pointerId, now);
      },
      options,
    );
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
      canvas.addEventListener(
        end,
        (event) => {
          pressed.delete(event.pointerId);
          if (end === "pointerup" && moved < 4) {
            const word = this.wordAt(event.offsetX, event.offsetY);
            if (word !== undefined) {
              this.onSelect(word);
            }
          }
        },
        options,
      );
    }
    canvas.addEventListener("pointerleave", () => this.hover(-1, -1), options);
    canvas.addEventListener("contextmenu", (event) => event.preventDefault(), options);
    canvas.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && document.activeElement !== canvas) {
          return; // the page scrolls until the reader turns to the map
        }
        event.preventDefault();
        const { width, height } = canvas.getBoundingClientRect();
        const by = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.03 : 0.0015));
        this.camera = zoomAt(this.camera, by, event.offsetX, event.offsetY, width, height);
        this.redraw();
      },
      { ...options, passive: false },
    );
    canvas.addEventListener("keydown", (event) => this.key(event), options);
  }

  /** @param {number} dx @param {number} dy @param {boolean} pan */
  drag(dx, dy, pan) {
    const { camera } = this;
    if (this.spatial && !pan) {
      const pitch = Math.max(-1.5, Math.min(1.5, camera.pitch + dy / 200));
      this.camera = { ...camera, yaw: camera.yaw + dx / 200, pitch };
    } else {
      this.camera = { ...camera, panX: camera.panX + dx, panY: camera.panY + dy };
    }
    this.redraw();
  }

  /** @param {{x: number, y: number}} still @param {{x: number, y: number}} before @param {{x: number, y: number}} now */
  pinch(still, before, now) {
    const { width, height } = this.canvas.getBoundingClientRect();
    const by =
      Math.hypot(now.x - still.x, now.y - still.y) / Math.max(1, Math.hypot(before.x - still.x, before.y - still.y));
    const zoomed = zoomAt(this.camera, by, (still.x + now.x) / 2, (still.y + now.y) / 2, width, height);
    this.camera = { ...zoomed, panX: zoomed.panX + (now.x - before.x) / 2, panY: zoomed.panY + (now.y - before.y) / 2 };
    this.redraw();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      this.drag(step[0] * 24, step[1] * 24, event.shiftKey);
    } else if (event.key === "+" || event.key === "=") {
      this.zoom(1.25);
    } else if (event.key === "-") {
      this.zoom(0.8);
    } else if (event.key === "0") {
      this.reset();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {number} x @param {number} y */
  hover(x, y) {
    const word = this.wordAt(x, y);
    if (word !== this.hovered) {
      this.hovered = word;
      this.canvas.classList.toggle("at-word", word !== undefined);
      this.redraw();
    }
  }

  /** @param {number} x @param {number} y @returns {string | undefined} the word of the nearest dot within reach */
  wordAt(x, y) {
    const { width, height } = this.canvas.getBoundingClientRect();
    const place = projector(this.camera, this.bounds, width, height);
    let nearest = 14;
    let word;
    for (const point of this.points) {
      const at = place(point);
      const distance = Math.hypot(at.x - x, at.y - y);
      if (distance < nearest) {
        nearest = distance;
        word = point.word;
      }
    }
    return word;
  }
}
