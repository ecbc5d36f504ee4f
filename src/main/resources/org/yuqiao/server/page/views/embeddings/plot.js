// @ts-check
import { cssColor, onTheme } from "../../parts/theme.js";
import { bare } from "../../parts/text.js";
import { extent, initialCamera, projector, zoomAt } from "./camera.js";
import { placeLabels } from "./labels.js";

/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./camera.js").OnScreen} OnScreen */
/** @typedef {import("./camera.js").Vector} Vector */

/** @typedef {{word: string, index: number, x: number, y: number, z?: number}} PlotPoint */

/**
 * @typedef {object} Marks what stands out in the plot
 * @property {string} [word] the selected word
 * @property {string[]} [neighbors] the nearest first
 * @property {[string, string][]} [arrows] from word to word
 */

const LABELS = 90;

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
    /** @type {Palette | undefined} */
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
    const drawing = this.canvas.getContext("2d");
    if (!drawing) {
      return;
    }
    drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.colors ??= palette();
    const { colors } = this;
    const place = projector(this.camera, this.bounds, width, height);
    /** @type {Map<string, OnScreen>} */
    const screen = new Map(this.points.map((point) => [point.word, place(point)]));
    if (this.spatial) {
      this.drawAxes(drawing, place, colors);
    }
    this.drawDots(drawing, screen, colors);
    this.drawArrows(drawing, screen, colors);
    this.drawLabels(drawing, screen, colors, width, height);
  }

  /** The three axes through the center. @param {CanvasRenderingContext2D} drawing @param {(point: Vector) => OnScreen} place @param {Palette} colors */
  drawAxes(drawing, place, colors) {
    const { center, radius } = this.bounds;
    drawing.strokeStyle = colors.quiet;
    drawing.lineWidth = 1;
    drawing.globalAlpha = 0.3;
    for (const axis of /** @type {const} */ (["x", "y", "z"])) {
      line(drawing, place({ ...center, [axis]: center[axis] - radius }), place({ ...center, [axis]: center[axis] + radius }));
    }
    drawing.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} drawing @param {Map<string, OnScreen>} screen @param {Palette} colors */
  drawDots(drawing, screen, colors) {
    const { word, neighbors = [], arrows = [] } = this.marks;
    const near = new Set([...neighbors, ...arrows.flat()]);
    const center = word === undefined ? undefined : screen.get(word);
    if (center) {
      drawing.strokeStyle = colors.neighbor;
      drawing.lineWidth = 1;
      drawing.globalAlpha = 0.5;
      for (const neighbor of neighbors) {
        const end = screen.get(neighbor);
        if (end) {
          line(drawing, center, end);
        }
      }
    }
    const ordered = this.spatial
      ? [...this.points].sort((a, b) => (screen.get(a.word)?.depth ?? 0) - (screen.get(b.word)?.depth ?? 0))
      : this.points;
    for (const point of ordered) {
      const at = screen.get(point.word);
      if (at) {
        const marked = point.word === word || near.has(point.word);
        const size = this.spatial ? 2.6 + at.depth * 0.8 : 2.6;
        drawing.globalAlpha = marked ? 1 : this.spatial ? Math.max(0.15, Math.min(0.8, 0.42 + at.depth * 0.3)) : 0.45;
        drawing.fillStyle = point.word === word ? colors.selected : near.has(point.word) ? colors.neighbor : colors.dot;
        drawing.beginPath();
        drawing.arc(at.x, at.y, Math.max(1.2, marked ? size + 2 : size), 0, 2 * Math.PI);
        drawing.fill();
      }
    }
    drawing.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} drawing @param {Map<string, OnScreen>} screen @param {Palette} colors */
  drawArrows(drawing, screen, colors) {
    drawing.strokeStyle = colors.selected;
    drawing.fillStyle = colors.selected;
    drawing.lineWidth = 2;
    const { arrows = [] } = this.marks;
    for (const [from, to] of arrows) {
      const [a, b] = [screen.get(from), screen.get(to)];
      if (a && b) {
        arrow(drawing, a, b);
      }
    }
    if (arrows.length === 2) {
      drawing.setLineDash([4, 4]);
      drawing.lineWidth = 1.25;
      for (const end of [0, 1]) {
        const [a, b] = [screen.get(arrows[0][end]), screen.get(arrows[1][end])];
        if (a && b) {
          line(drawing, a, b);
        }
      }
      drawing.setLineDash([]);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} drawing
   * @param {Map<string, OnScreen>} screen
   * @param {Palette} colors
   * @param {number} width
   * @param {number} height
   */
  drawLabels(drawing, screen, colors, width, height) {
    const { word, neighbors = [], arrows = [] } = this.marks;
    const strong = [...new Set([word, this.hovered, ...arrows.flat(), ...neighbors])].filter(
      (w) => w !== undefined && screen.has(w),
    );
    const visible = this.points.filter(({ word: w }) => {
      const at = screen.get(w);
      return at && at.x > 0 && at.y > 0 && at.x < width && at.y < height;
    });
    const others = visible.map((point) => point.word).filter((w) => !strong.includes(w));
    const words = [...strong, ...others].slice(0, strong.length + LABELS);
    const font = getComputedStyle(this.canvas).fontFamily;
    const zoom = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    /** @param {number} i */
    const fontOf = (i) => (i < strong.length ? `600 ${13.5 * zoom}px ${font}` : `${12 * zoom}px ${font}`);
    const labels = words.map((w, i) => {
      drawing.font = fontOf(i);
      const at = /** @type {OnScreen} */ (screen.get(/** @type {string} */ (w)));
      return { x: at.x, y: at.y, width: drawing.measureText(bare(w ?? "")).width, height: (i < strong.length ? 17 : 15) * zoom, gap: 7 };
    });
    const boxes = placeLabels(labels, width, height, word === undefined ? Math.min(strong.length, 4) : 1);
    drawing.textBaseline = "middle";
    drawing.lineJoin = "round";
    boxes.forEach((box, i) => {
      if (box) {
        const w = bare(words[i] ?? "");
        drawing.font = fontOf(i);
        drawing.strokeStyle = colors.surface;
        drawing.lineWidth = 3.5;
        drawing.strokeText(w, box.left, (box.top + box.bottom) / 2);
        drawing.fillStyle = i < strong.length ? colors.text : colors.quiet;
        drawing.fillText(w, box.left, (box.top + box.bottom) / 2);
      }
    });
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

/** @typedef {{dot: string, neighbor: string, selected: string, text: string, quiet: string, surface: string}} Palette */

/** @returns {Palette} in the page's theme */
function palette() {
  return {
    dot: cssColor("--series-6"),
    neighbor: cssColor("--accent"),
    selected: cssColor("--target"),
    text: cssColor("--ink"),
    quiet: cssColor("--muted"),
    surface: cssColor("--surface"),
  };
}

/** @param {CanvasRenderingContext2D} drawing @param {OnScreen} a @param {OnScreen} b */
function line(drawing, a, b) {
  drawing.beginPath();
  drawing.moveTo(a.x, a.y);
  drawing.lineTo(b.x, b.y);
  drawing.stroke();
}

/** @param {CanvasRenderingContext2D} drawing @param {OnScreen} a @param {OnScreen} b */
function arrow(drawing, a, b) {
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  const end = { ...b, x: b.x - 6 * Math.cos(angle), y: b.y - 6 * Math.sin(angle) };
  line(drawing, a, end);
  drawing.beginPath();
  drawing.moveTo(end.x, end.y);
  for (const side of [-0.42, 0.42]) {
    drawing.lineTo(end.x - 9 * Math.cos(angle + side), end.y - 9 * Math.sin(angle + side));
  }
  drawing.fill();
}
