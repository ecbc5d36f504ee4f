// @ts-check
/** A matrix of any size that is zoomed from colors to numbers; only what is in sight is drawn. */
import { html, nothing, render } from "lit-html";
import { translator } from "../i18n.js";
import { cellAfter, reveal, sameCell } from "./cells.js";
import { colorLegend } from "./color-legend.js";
import { domainOf, sharpContext, textWidth } from "./heat-map-paint.js";
import { shortNumber } from "./heat-map.js";
import { paintPixels, paintSight } from "./matrix-view-paint.js";
import strings from "./matrix-view.strings.js";
import { onTheme } from "./theme.js";

/** @typedef {import("./cells.js").Cell} Cell */

/**
 * @typedef {object} MatrixViewData
 * @property {string} label what the matrix is, for screen readers
 * @property {readonly ArrayLike<number>[]} values what is not finite is drawn as masked
 * @property {readonly string[]} [rows] labels
 * @property {readonly string[]} [columns] labels; none for numbered columns
 * @property {readonly string[]} [columnNames] names of columns in the readout, where they differ from labels
 * @property {string} [rowsTitle]
 * @property {string} [columnsTitle]
 * @property {import("./heat-map-paint.js").Scale} [scale] sequential unless given
 * @property {readonly [number, number]} [domain]
 * @property {(value: number) => string} [format] in cells
 * @property {(value: number) => string} [exact] in the readout and the table; every digit unless given
 * @property {boolean} [square] cells as high as wide
 * @property {number} [maxCell] CSS pixels before zooming
 * @property {number | null} [row] the marked row
 * @property {number | null} [column] the marked column
 * @property {Cell | null} [mark] the marked cell
 * @property {string} [masked] what the readout says of a masked cell
 * @property {readonly string[]} [names] of single cells, for the readout, row by row
 */

/**
 * @typedef {object} MatrixViewEvents
 * @property {(cell: Cell | null) => void} [onPoint]
 * @property {(cell: Cell | null) => void} [onPick] clicked or Enter; null: let go
 */

const NUMBERS = 64;
const TABLE_MAX = 80;
const t = translator(strings);
let lastId = 0;

/** Every digit of a float32. @param {number} value */
export function exactNumber(value) {
  return Number.isFinite(value) ? String(value).replace("-", "−") : value < 0 ? "−∞" : "–";
}

export class MatrixView {
  /** @param {HTMLElement} host an empty element @param {MatrixViewEvents} [events] */
  constructor(host, events = {}) {
    this.host = host;
    this.events = events;
    this.id = `matrix-view-${++lastId}`;
    /** @type {MatrixViewData} */
    this.data = { label: "", values: [] };
    /** @type {Cell | null} */
    this.cursor = null;
    this.zoom = 1;
    this.cellWidth = this.cellHeight = 1;
    this.labelWidth = this.labelHeight = 0;
    this.width = 0;
    this.level = false;
    this.byKeyboard = false;
    this.tableOpen = false;
    this.waiting = 0;
    this.resizing = 0;
    this.pixels = document.createElement("canvas");
    host.classList.add("matrix-view");
    this.observer = new ResizeObserver(() => this.resizeSoon());
    this.observer.observe(host);
    this.endTheme = onTheme(() => this.set(this.data));
  }

  dispose() {
    this.observer.disconnect();
    this.endTheme();
    cancelAnimationFrame(this.waiting);
    cancelAnimationFrame(this.resizing);
  }

  /** @param {MatrixViewData} data */
  set(data) {
    const moved = data.row !== this.data.row;
    this.data = data;
    this.cursor = this.inside(this.cursor);
    paintPixels(this.pixels, data.values, this.scale, this.domain);
    this.layout();
    if (moved && data.row != null) {
      this.reveal({ row: data.row, column: data.column ?? null });
    }
  }

  /** Marks a row or a column, or neither. @param {number | null} row @param {number | null} column */
  mark(row, column) {
    this.data = { ...this.data, row, column };
    this.draw();
  }

  get scale() {
    return this.data.scale ?? "sequential";
  }

  get domain() {
    return this.data.domain ?? domainOf(this.data.values, this.scale);
  }

  get rowCount() {
    return this.data.values.length;
  }

  get columnCount() {
    return this.pixels.width;
  }

  /** @param {Cell | null} cell */
  inside(cell) {
    return cell && cell.row >= 0 && cell.column >= 0 && cell.row < this.rowCount && cell.column < this.columnCount ? cell : null;
  }

  /** Not within the observer's own turn, which may not change sizes. */
  resizeSoon() {
    cancelAnimationFrame(this.resizing);
    this.resizing = requestAnimationFrame(() => (this.host.clientWidth === this.width ? this.draw() : this.layout()));
  }

  /** Measures by width and zoom, then draws. */
  layout() {
    const { rows = [], columns = [], square = false, maxCell = 40 } = this.data;
    this.width = this.host.clientWidth;
    const widest = Math.max(0, ...rows.map((text) => textWidth(text, 13)));
    this.labelWidth = rows.length ? Math.min(Math.ceil(widest) + 16, this.width < 480 ? 84 : 150) : 0;
    const fitting = Math.max(60, this.width - this.labelWidth - 2) / Math.max(1, this.columnCount);
    this.fit = Math.min(maxCell, fitting);
    this.maxZoom = Math.max(1, NUMBERS / this.fit);
    this.zoom = Math.min(this.zoom, this.maxZoom);
    this.cellWidth = this.fit * this.zoom;
    this.cellHeight = square ? Math.min(this.cellWidth, Math.max(this.fit, 30)) : Math.max(15, Math.min(24, 420 / Math.max(1, this.rowCount)));
    if (this.cellWidth >= 38) {
      this.cellHeight = Math.max(this.cellHeight, 22);
    }
    const size = Math.max(11, Math.min(13, this.cellWidth - 2));
    const longest = Math.max(0, ...columns.map((text) => textWidth(text, size)));
    this.level = columns.length > 0 && longest <= this.cellWidth - 4;
    this.labelHeight = columns.length ? (this.level ? size + 12 : Math.min(Math.ceil(longest) + 16, this.cellWidth < 11 ? 72 : 110)) : 0;
    this.update();
  }

  update() {
    render(this.template(), this.host);
    const sizer = this.element(".matrix-sizer");
    if (sizer) {
      sizer.style.width = `${Math.floor(this.labelWidth + this.columnCount * this.cellWidth)}px`;
      sizer.style.height = `${Math.ceil(this.labelHeight + this.rowCount * this.cellHeight)}px`;
    }
    this.draw();
  }

  /** @param {string} selector */
  element(selector) {
    return /** @type {HTMLElement | null} */ (this.host.querySelector(selector));
  }

  draw() {
    const scroll = this.element(".matrix-scroll");
    const canvas = this.element(".matrix-scroll canvas");
    if (!scroll || !(canvas instanceof HTMLCanvasElement) || this.width === 0) {
      return;
    }
    const { rows = [], columns = [], row = null, column = null, mark = null, values } = this.data;
    const { scale, domain, cursor, pixels, cellWidth, cellHeight, labelWidth, labelHeight, level } = this;
    const width = scroll.clientWidth;
    const height = scroll.clientHeight;
    const format = this.data.format ?? shortNumber;
    paintSight(sharpContext(canvas, width, height), {
      values, pixels, scale, domain, rows, columns, format, cellWidth, cellHeight, labelWidth, labelHeight, level,
      left: scroll.scrollLeft, top: scroll.scrollTop, width, height, row, column, mark, cursor,
    });
    this.readOut();
  }

  drawSoon() {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.draw());
  }

  readOut() {
    const readout = this.element(".matrix-readout");
    if (readout) {
      readout.setAttribute("aria-live", this.byKeyboard ? "polite" : "off");
      readout.textContent = this.cursor ? this.describe(this.cursor) : t("matrix.none");
      readout.classList.toggle("idle", !this.cursor);
    }
  }

  template() {
    const format = this.data.format ?? shortNumber;
    const masked = this.data.values.some((row) => Array.prototype.some.call(row, (value) => !Number.isFinite(value)));
    return html`
      <div class="matrix-tools">
        <p class="matrix-axes" aria-hidden="true">
          ${this.data.rowsTitle ? html`<span>↓ ${this.data.rowsTitle}</span>` : nothing}
          ${this.data.columnsTitle ? html`<span>→ ${this.data.columnsTitle}</span>` : nothing}
        </p>
        <div class="matrix-zoom" role="group" aria-label=${t("matrix.zoom")}>
          <button type="button" class="quiet" ?disabled=${this.zoom <= 1} @click=${() => this.zoomTo(1)}>${t("matrix.fit")}</button>
          <button type="button" class="quiet" aria-label=${t("matrix.out")} ?disabled=${this.zoom <= 1} @click=${() => this.zoomTo(this.zoom / 2)}>−</button>
          <button type="button" class="quiet" aria-label=${t("matrix.in")} ?disabled=${this.zoom >= (this.maxZoom ?? 1)} @click=${() => this.zoomTo(this.zoom * 2)}>+</button>
          <button type="button" class="quiet" ?disabled=${this.zoom >= (this.maxZoom ?? 1)} @click=${() => this.zoomTo(Infinity)}>${t("matrix.numbers")}</button>
        </div>
      </div>
      <div class="matrix-scroll" role="application" tabindex="0" aria-roledescription=${t("matrix.role")} aria-label=${this.data.label}
        aria-describedby="${this.id}-keys" @scroll=${() => this.drawSoon()} @keydown=${(/** @type {KeyboardEvent} */ event) => this.onKey(event)}
        @focus=${() => this.onFocus()} @blur=${() => this.moveTo(null)} @wheel=${(/** @type {WheelEvent} */ event) => this.onWheel(event)}
        @pointermove=${(/** @type {PointerEvent} */ event) => this.onPointer(event)} @pointerleave=${() => this.moveTo(null)}
        @click=${(/** @type {PointerEvent} */ event) => this.onClick(event)}>
        <div class="matrix-sizer"><canvas aria-hidden="true"></canvas></div>
      </div>
      <div class="heat-foot">
        <output class="matrix-readout"></output>
        <span class="heat-legend" aria-hidden="true">
          ${masked ? html`<span class="matrix-hatch"></span><span>${t("matrix.masked")}</span>` : nothing}
          ${colorLegend(format, this.scale, this.domain)}
        </span>
      </div>
      <p class="visually-hidden" id="${this.id}-keys">${t("matrix.keys")}</p>
      ${this.table()}
    `;
  }

  /** The marked row as a table, for readers who do not see the colors. */
  table() {
    const row = this.data.row ?? 0;
    const values = [...Array.from(this.data.values[row] ?? []).entries()].slice(0, TABLE_MAX);
    const exact = this.data.exact ?? exactNumber;
    return html`<details class="heat-table" ?open=${this.tableOpen} @toggle=${(/** @type {Event} */ event) => {
      const { open } = /** @type {HTMLDetailsElement} */ (event.target);
      if (open !== this.tableOpen) {
        this.tableOpen = open;
        this.update();
      }
    }}>
      <summary>${this.rowCount ? t("matrix.table", `“${this.name("row", row)}”`) : t("matrix.noRow")}</summary>
      ${this.tableOpen
        ? html`<div class="table-scroll" tabindex="0" role="region" aria-label=${this.data.label}><table>
            <tbody>${values.map(([column, value]) => html`<tr>
              <th scope="row">${this.data.names?.[row * this.columnCount + column] ?? this.name("column", column)}</th>
              <td>${Number.isFinite(value) ? exact(value) : (this.data.masked ?? t("matrix.masked"))}</td></tr>`)}</tbody>
          </table></div>`
        : nothing}
    </details>`;
  }

  /** @param {"row" | "column"} axis @param {number} index */
  name(axis, index) {
    const labels = axis === "row" ? this.data.rows : (this.data.columnNames ?? this.data.columns);
    return labels?.[index] ?? t(`matrix.${axis}`, index);
  }

  /** @param {Cell} cell */
  describe({ row, column }) {
    const { rowsTitle, columnsTitle, names } = this.data;
    const value = Number(this.data.values[row]?.[column] ?? Number.NaN);
    const title = (/** @type {string | undefined} */ name) => (name ? `${name} ` : "");
    const text = Number.isFinite(value) ? (this.data.exact ?? exactNumber)(value) : (this.data.masked ?? t("matrix.masked"));
    const across = names?.[row * this.columnCount + column] ?? `${title(columnsTitle)}${this.name("column", column)}`;
    return `${title(rowsTitle)}${this.name("row", row)} → ${across}: ${text}`;
  }

  /** @param {MouseEvent} event @returns {Cell | null} */
  cellAt(event) {
    const scroll = /** @type {HTMLElement} */ (this.element(".matrix-scroll"));
    const box = scroll.getBoundingClientRect();
    const x = event.clientX - box.left - this.labelWidth;
    const y = event.clientY - box.top - this.labelHeight;
    const row = Math.floor((y + scroll.scrollTop) / this.cellHeight);
    if (y < 0) {
      return null;
    }
    return this.inside({ row, column: x < 0 ? 0 : Math.floor((x + scroll.scrollLeft) / this.cellWidth) });
  }

  /** @param {PointerEvent} event */
  onPointer(event) {
    this.byKeyboard = false;
    this.moveTo(this.cellAt(event));
  }

  /** @param {PointerEvent} event */
  onClick(event) {
    const cell = this.cellAt(event);
    if (cell) {
      this.events.onPick?.(cell);
    }
  }

  onFocus() {
    if (this.host.querySelector(".matrix-scroll:focus-visible") && !this.cursor && this.rowCount) {
      this.byKeyboard = true;
      this.moveTo(this.inside({ row: this.data.row ?? 0, column: this.data.column ?? 0 }));
    }
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoomTo(this.zoom * (event.deltaY < 0 ? 1.25 : 0.8));
    }
  }

  /** Zooms about the cursor, or the marked row. @param {number} zoom */
  zoomTo(zoom) {
    const scroll = this.element(".matrix-scroll");
    const about = this.cursor ?? this.data.mark ?? { row: this.data.row ?? 0, column: this.data.column ?? Math.floor((scroll?.scrollLeft ?? 0) / this.cellWidth) };
    this.zoom = Math.max(1, Math.min(this.maxZoom ?? 1, zoom));
    this.layout();
    this.reveal(about);
    this.draw();
  }

  /** @param {Cell | null} cell */
  moveTo(cell) {
    if (!sameCell(cell, this.cursor)) {
      this.cursor = cell;
      this.drawSoon();
      this.events.onPoint?.(cell);
    }
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const here = this.cursor ?? { row: this.data.row ?? 0, column: this.data.column ?? 0 };
    const cell = cellAfter(event.key, here, this.rowCount, this.columnCount);
    const zoom = { "+": 2, "=": 2, "-": 0.5 }[event.key];
    if (cell) {
      this.byKeyboard = true;
      this.moveTo(cell);
      this.reveal(cell);
    } else if (zoom && !event.ctrlKey && !event.metaKey) {
      this.zoomTo(this.zoom * zoom);
    } else if (event.key === "Enter" || event.key === " ") {
      this.events.onPick?.(this.inside(here));
    } else if (event.key === "Escape") {
      this.events.onPick?.(null);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {{row: number, column: number | null}} cell */
  reveal(cell) {
    const scroll = this.element(".matrix-scroll");
    if (scroll) {
      reveal(scroll, cell, this);
    }
  }
}
