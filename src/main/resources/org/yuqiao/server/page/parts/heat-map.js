// @ts-check
/** A matrix as colored cells that can be read with the pointer, the keyboard and as a table. */
import { html, nothing, render } from "lit-html";
import { number } from "../i18n.js";
import { cellAfter, reveal, sameCell } from "./cells.js";
import { colorLegend } from "./color-legend.js";
import { heatMapLayout, letterSize } from "./heat-map-layout.js";
import { domainOf, paintCells, paintColumnLabels, paintRowLabels } from "./heat-map-paint.js";
import { onTheme } from "./theme.js";

/** @typedef {import("./cells.js").Cell} Cell */

/**
 * @typedef {object} HeatMapData
 * @property {string} label what the matrix is, for screen readers
 * @property {readonly ArrayLike<number>[]} values rows; what is not finite is drawn as masked
 * @property {readonly string[]} [rows] labels; none for numbered rows
 * @property {readonly string[]} [columns]
 * @property {string} [rowsTitle] such as "query"
 * @property {string} [columnsTitle] such as "key"
 * @property {import("./heat-map-paint.js").Scale} [scale] sequential unless given
 * @property {readonly [number, number]} [domain] of the color scale
 * @property {(value: number) => string} [format]
 * @property {boolean} [showValues] writes values into cells that are large enough
 * @property {number} [maxCell] CSS pixels
 * @property {{rows: number, columns: number}} [total] the size of the whole matrix, if values were cut
 * @property {Cell | null} [pinned]
 */

/**
 * @typedef {object} HeatMapEvents
 * @property {(cell: Cell | null) => void} [onPoint]
 * @property {(cell: Cell | null) => void} [onPin]
 */

const TABLE_MAX = 60;
let lastId = 0;

/** @param {number} value */
export function shortNumber(value) {
  if (!Number.isFinite(value)) {
    return value < 0 ? "−∞" : value > 0 ? "∞" : "–";
  }
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e5)
    ? value.toExponential(1).replace("-", "−")
    : number(value, { maximumFractionDigits: size < 1 ? 3 : size < 100 ? 2 : 0 }).replace("-", "−");
}

export class HeatMap {
  /**
   * @param {HTMLElement} host an empty element
   * @param {import("../i18n.js").Translate} t
   * @param {HeatMapEvents} [events]
   */
  constructor(host, t, events = {}) {
    this.host = host;
    this.t = t;
    this.events = events;
    this.id = `heat-map-${++lastId}`;
    /** @type {HeatMapData} */
    this.data = { label: "", values: [] };
    /** @type {Cell | null} */
    this.cursor = null;
    /** @type {Cell | null} */
    this.pinned = null;
    /** @type {import("./heat-map-layout.js").HeatMapLayout} */
    this.sizes = { cellWidth: 1, cellHeight: 1, labelWidth: 0, labelHeight: 0, level: false };
    this.tableOpen = false;
    this.byKeyboard = false;
    this.width = 0;
    this.scale = 1;
    host.classList.add("heat-map");
    this.observer = new ResizeObserver(() => {
      if (this.host.clientWidth !== this.width) {
        this.layout();
      }
    });
    this.observer.observe(host);
    this.endTheme = onTheme(() => this.layout());
  }

  dispose() {
    this.observer.disconnect();
    this.endTheme();
  }

  /** @param {HeatMapData} data */
  set(data) {
    this.data = data;
    if (data.pinned !== undefined) {
      this.pinned = data.pinned;
    }
    this.cursor = this.inside(this.cursor);
    this.pinned = this.inside(this.pinned);
    this.layout();
  }

  /** Pins a cell from outside, without an event. @param {Cell | null} cell */
  pin(cell) {
    this.pinned = this.inside(cell);
    this.mark();
  }

  /** Points at a cell from outside, without an event. @param {Cell | null} cell */
  point(cell) {
    this.cursor = this.inside(cell);
    this.mark();
  }

  get rowCount() {
    return this.data.values.length;
  }

  get columnCount() {
    return Math.max(0, ...this.data.values.map((row) => row.length));
  }

  /** @param {Cell | null} cell */
  inside(cell) {
    return cell && cell.row < this.rowCount && cell.column < this.columnCount && cell.row >= 0 && cell.column >= 0 ? cell : null;
  }

  get format() {
    return this.data.format ?? shortNumber;
  }

  get domain() {
    return this.data.domain ?? domainOf(this.data.values, this.data.scale ?? "sequential");
  }

  /** Measures, builds the elements and draws. */
  layout() {
    const { rows = [], columns = [], showValues = false, maxCell = 40 } = this.data;
    const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
    this.scale = scale;
    this.width = this.host.clientWidth;
    const { width, rowCount, columnCount } = this;
    this.sizes = heatMapLayout({ width, rowCount, columnCount, rows, columns, maxCell: maxCell * scale, showValues, scale });
    this.host.style.setProperty("--heat-width", `${Math.round(this.sizes.labelWidth + columnCount * this.sizes.cellWidth)}px`);
    this.draw();
  }

  draw() {
    render(this.template(), this.host);
    const { values, scale = "sequential", showValues } = this.data;
    const canvas = this.element("canvas.heat-values");
    if (canvas instanceof HTMLCanvasElement) {
      const format = showValues ? this.format : undefined;
      paintCells(canvas, { values, scale, domain: this.domain, width: this.sizes.cellWidth, height: this.sizes.cellHeight, format });
    }
    this.mark();
  }

  template() {
    const { label, rowsTitle, columnsTitle, total } = this.data;
    const { t } = this;
    const grid = `grid-template-columns:${this.sizes.labelWidth}px auto;grid-template-rows:${this.sizes.labelHeight}px auto`;
    return html`
      ${columnsTitle || rowsTitle
        ? html`<p class="heat-axes" aria-hidden="true"><span>↓ ${rowsTitle ?? ""}</span><span>→ ${columnsTitle ?? ""}</span></p>`
        : nothing}
      <div class="heat-scroll" role="application" tabindex="0" aria-roledescription=${t("heat.role")} aria-label=${label}
        aria-describedby="${this.id}-keys" @keydown=${(/** @type {KeyboardEvent} */ event) => this.onKey(event)}
        @focus=${() => this.onFocus()} @blur=${() => this.leave()}>
        <div class="heat-grid" .style=${grid}>
          <div class="heat-corner"></div>
          <div class="heat-columns"><canvas aria-hidden="true"></canvas></div>
          <div class="heat-rows"><canvas aria-hidden="true"></canvas></div>
          <div class="heat-cells" @pointermove=${(/** @type {PointerEvent} */ event) => this.onPointer(event)}
            @pointerleave=${() => this.leave()} @click=${(/** @type {PointerEvent} */ event) => this.onClick(event)}>
            <canvas class="heat-values" aria-hidden="true"></canvas>
            <div class="heat-band row"></div><div class="heat-band column"></div>
            <div class="heat-pin"></div><div class="heat-cursor"></div>
          </div>
        </div>
      </div>
      <div class="heat-foot">
        <output class="heat-readout"></output>
        ${this.legend()}
      </div>
      <p class="visually-hidden" id="${this.id}-keys">${t("heat.keys")}</p>
      ${total && (total.rows > this.rowCount || total.columns > this.columnCount)
        ? html`<p class="hint">${t("heat.cut", this.rowCount, total.rows, this.columnCount, total.columns)}</p>`
        : nothing}
      <details class="heat-table" @toggle=${(/** @type {Event} */ event) => this.onTable(event)}>
        <summary>${t("heat.table")}</summary>
        ${this.tableOpen ? this.table() : nothing}
      </details>
    `;
  }

  legend() {
    return html`<span class="heat-legend" aria-hidden="true">${colorLegend(this.format, this.data.scale ?? "sequential", this.domain)}</span>`;
  }

  table() {
    const values = this.data.values.slice(0, TABLE_MAX);
    const columns = Math.min(TABLE_MAX, this.columnCount);
    const places = Array.from({ length: columns }, (_, column) => column);
    const cut = this.rowCount > TABLE_MAX || this.columnCount > TABLE_MAX;
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${this.data.label}>
      <table>
        <thead><tr><td></td>${places.map((column) => html`<th scope="col">${this.name("column", column)}</th>`)}</tr></thead>
        <tbody>${values.map((row, index) => html`<tr>
          <th scope="row">${this.name("row", index)}</th>
          ${places.map((column) => html`<td>${this.format(Number(row[column] ?? Number.NaN))}</td>`)}
        </tr>`)}</tbody>
      </table>
    </div>
    ${cut ? html`<p class="hint">${this.t("heat.cut", values.length, this.rowCount, columns, this.columnCount)}</p>` : nothing}`;
  }

  /** @param {"row" | "column"} axis @param {number} index */
  name(axis, index) {
    const labels = axis === "row" ? this.data.rows : this.data.columns;
    return labels?.[index] ?? this.t(`heat.${axis}`, index + 1);
  }

  /** @param {string} selector */
  element(selector) {
    return /** @type {HTMLElement | null} */ (this.host.querySelector(selector));
  }

  /** Moves the frames, repaints the labels and writes what is pointed at. */
  mark() {
    const shown = this.cursor ?? this.pinned;
    this.place(".heat-cursor", this.cursor);
    this.place(".heat-pin", this.pinned);
    this.band(shown);
    const { rows = [], columns = [] } = this.data;
    const rowCanvas = this.element(".heat-rows canvas");
    const columnCanvas = this.element(".heat-columns canvas");
    if (rowCanvas instanceof HTMLCanvasElement && rows.length) {
      const size = letterSize(this.sizes.cellHeight, this.scale);
      paintRowLabels(rowCanvas, { texts: rows, pitch: this.sizes.cellHeight, length: this.sizes.labelWidth, size, current: this.cursor?.row ?? null, pinned: this.pinned?.row ?? null });
    }
    if (columnCanvas instanceof HTMLCanvasElement && columns.length) {
      const size = letterSize(this.sizes.cellWidth, this.scale);
      paintColumnLabels(columnCanvas, { texts: columns, pitch: this.sizes.cellWidth, length: this.sizes.labelHeight, size, current: this.cursor?.column ?? null, pinned: this.pinned?.column ?? null, level: this.sizes.level });
    }
    const readout = this.element(".heat-readout");
    if (readout) {
      readout.setAttribute("aria-live", this.byKeyboard ? "polite" : "off");
      readout.textContent = shown ? this.describe(shown) : this.t("heat.none");
      readout.classList.toggle("idle", !shown);
    }
  }

  /** @param {Cell} cell */
  describe({ row, column }) {
    const { rowsTitle, columnsTitle } = this.data;
    const title = (/** @type {string | undefined} */ name) => (name ? `${name} ` : "");
    const value = this.format(Number(this.data.values[row]?.[column] ?? Number.NaN));
    const pinned = !this.cursor && this.pinned ? ` · ${this.t("heat.pinned")}` : "";
    return `${title(rowsTitle)}${this.name("row", row)} → ${title(columnsTitle)}${this.name("column", column)}: ${value}${pinned}`;
  }

  /** @param {string} selector @param {Cell | null} cell */
  place(selector, cell) {
    const frame = this.element(selector);
    if (frame) {
      frame.hidden = !cell;
      if (cell) {
        const { style } = frame;
        style.width = `${Math.max(4, this.sizes.cellWidth)}px`;
        style.height = `${Math.max(4, this.sizes.cellHeight)}px`;
        style.transform = `translate(${cell.column * this.sizes.cellWidth}px, ${cell.row * this.sizes.cellHeight}px)`;
      }
    }
  }

  /** @param {Cell | null} cell */
  band(cell) {
    const row = this.element(".heat-band.row");
    const column = this.element(".heat-band.column");
    if (row && column) {
      row.hidden = !cell;
      column.hidden = !cell;
      if (cell) {
        row.style.height = `${this.sizes.cellHeight}px`;
        row.style.transform = `translateY(${cell.row * this.sizes.cellHeight}px)`;
        column.style.width = `${this.sizes.cellWidth}px`;
        column.style.transform = `translateX(${cell.column * this.sizes.cellWidth}px)`;
      }
    }
  }

  /** @param {PointerEvent} event @returns {Cell | null} */
  cellAt(event) {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / this.sizes.cellWidth);
    const row = Math.floor((event.clientY - box.top) / this.sizes.cellHeight);
    return this.inside({ row, column });
  }

  /** @param {PointerEvent} event */
  onPointer(event) {
    this.byKeyboard = false;
    this.moveTo(this.cellAt(event));
  }

  /** @param {PointerEvent} event */
  onClick(event) {
    this.togglePin(this.cellAt(event));
  }

  leave() {
    this.moveTo(null);
  }

  onFocus() {
    if (this.host.matches(":has(.heat-scroll:focus-visible)") && !this.cursor && this.rowCount) {
      this.byKeyboard = true;
      this.moveTo(this.pinned ?? { row: 0, column: 0 });
    }
  }

  /** @param {Cell | null} cell */
  moveTo(cell) {
    if (!sameCell(cell, this.cursor)) {
      this.cursor = cell;
      this.mark();
      this.events.onPoint?.(cell);
    }
  }

  /** @param {Cell | null} cell */
  togglePin(cell) {
    this.pinned = sameCell(cell, this.pinned) ? null : cell;
    this.mark();
    this.events.onPin?.(this.pinned);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (!this.rowCount) {
      return;
    }
    const here = this.cursor ?? this.pinned ?? { row: 0, column: 0 };
    const cell = cellAfter(event.key, here, this.rowCount, this.columnCount);
    if (cell) {
      event.preventDefault();
      this.byKeyboard = true;
      this.moveTo(cell);
      const scroll = this.element(".heat-scroll");
      if (scroll) {
        reveal(scroll, cell, this.sizes);
      }
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.togglePin(here);
    } else if (event.key === "Escape" && (this.pinned || this.cursor)) {
      event.preventDefault();
      this.pinned = null;
      this.moveTo(null);
      this.mark();
      this.events.onPin?.(null);
    }
  }

  /** @param {Event} event */
  onTable(event) {
    const open = /** @type {HTMLDetailsElement} */ (event.target).open;
    if (open !== this.tableOpen) {
      this.tableOpen = open;
      render(this.template(), this.host);
      this.mark();
    }
  }
}
