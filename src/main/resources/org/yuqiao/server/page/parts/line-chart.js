// @ts-check
/** Curves over one axis, read with the pointer, the keyboard and as a table. */
import { html, nothing, render, svg } from "lit-html";
import { category } from "./color.js";
import { extent, line, scaleLinear, scaleLog } from "./d3.js";
import { shortNumber } from "./heat-map.js";

/** @typedef {readonly [number, number]} Point */

/**
 * @typedef {object} Series
 * @property {string} id
 * @property {string} name
 * @property {readonly Point[]} points by growing x
 * @property {string} [color] a CSS color
 * @property {boolean} [faint] drawn thin, such as a curve before smoothing
 */

/**
 * @typedef {object} ChartData
 * @property {string} label what the chart shows
 * @property {readonly Series[]} series
 * @property {string} [xLabel]
 * @property {string} [yLabel]
 * @property {(value: number) => string} [xFormat]
 * @property {(value: number) => string} [yFormat]
 * @property {readonly [number, number]} [yDomain]
 * @property {readonly [number, number]} [xDomain]
 * @property {boolean} [yLog]
 * @property {number} [height] CSS pixels
 * @property {boolean} [legend] true unless given
 */

/** A second cue beside color, by the index of a series. */
export const DASHES = ["", "7 4", "2 4", "10 3 2 3", "4 2", "1 3"];
const MARGIN = { top: 24, right: 24, bottom: 36, left: 52 };
let lastId = 0;

export class LineChart {
  /**
   * @param {HTMLElement} host an empty element
   * @param {import("../i18n.js").Translate} t
   */
  constructor(host, t) {
    this.host = host;
    this.t = t;
    this.id = `chart-${++lastId}`;
    /** @type {ChartData} */
    this.data = { label: "", series: [] };
    /** @type {Set<string>} */
    this.hidden = new Set();
    /** @type {number | null} the x that is pointed at */
    this.at = null;
    this.byKeyboard = false;
    this.tableOpen = false;
    this.width = 0;
    host.classList.add("line-chart");
    this.observer = new ResizeObserver(() => {
      if (host.clientWidth !== this.width) {
        this.draw();
      }
    });
    this.observer.observe(host);
  }

  dispose() {
    this.observer.disconnect();
  }

  /** @param {ChartData} data */
  set(data) {
    this.data = data;
    this.draw();
  }

  get visible() {
    return this.data.series.filter(({ id, points }) => !this.hidden.has(id) && points.length > 0);
  }

  /** @param {number} index */
  colorOf(index) {
    return this.data.series[index]?.color ?? category(index);
  }

  scales() {
    const { yDomain, xDomain, yLog = false, height = 280 } = this.data;
    const points = this.visible.flatMap((series) => series.points);
    const finite = points.filter(([, y]) => Number.isFinite(y) && (!yLog || y > 0));
    const [left = 0, right = 1] = xDomain ?? extent(finite.map(([x]) => x));
    const [low = 0, high = 1] = yDomain ?? extent(finite.map(([, y]) => y));
    const x = scaleLinear().domain([left, right === left ? left + 1 : right]).range([MARGIN.left, this.width - MARGIN.right]);
    const y = (yLog ? scaleLog() : scaleLinear()).domain(low === high ? [low - (yLog ? low / 2 : 1), high + 1] : [low, high]);
    y.range([height - MARGIN.bottom, MARGIN.top]);
    return { x, y: yDomain ? y : y.nice(5), height };
  }

  draw() {
    this.width = Math.max(240, this.host.clientWidth);
    render(this.template(), this.host);
  }

  template() {
    const { label, series, legend = true } = this.data;
    const { t } = this;
    return html`
      ${legend && series.length > 1 ? this.legend() : nothing}
      ${this.visible.length === 0 ? html`<p class="chart-empty">${t("chart.empty")}</p>` : this.plot(label)}
      <output class="chart-readout ${this.at === null ? "idle" : ""}" aria-live=${this.byKeyboard ? "polite" : "off"}>${this.readout()}</output>
      <p class="visually-hidden" id="${this.id}-keys">${t("chart.keys")}</p>
      <details class="chart-table" @toggle=${(/** @type {Event} */ event) => this.onTable(event)}>
        <summary>${t("chart.table")}</summary>
        ${this.tableOpen ? this.table() : nothing}
      </details>
    `;
  }

  legend() {
    return html`<div class="chart-legend">
      ${this.data.series.map((series, index) => html`<button type="button" aria-pressed=${!this.hidden.has(series.id)}
        aria-label=${this.t("chart.hide", series.name)} @click=${() => this.toggle(series.id)}>
        <svg viewBox="0 0 24 8" aria-hidden="true"><line x1="1" x2="23" y1="4" y2="4" stroke=${this.colorOf(index)}
          stroke-width="2.5" stroke-dasharray=${DASHES[index % DASHES.length] ?? ""}></line></svg>
        ${series.name}</button>`)}
    </div>`;
  }

  /** @param {string} label */
  plot(label) {
    const { x, y, height } = this.scales();
    const { xLabel = "", yLabel = "", xFormat = shortNumber, yFormat = shortNumber, yLog = false } = this.data;
    const shape = line().x((point) => x(point[0])).y((point) => y(point[1])).defined((point) => Number.isFinite(point[1]) && (!yLog || point[1] > 0));
    const bottom = height - MARGIN.bottom;
    const right = this.width - MARGIN.right;
    return html`<svg class="chart" viewBox="0 0 ${this.width} ${height}" width=${this.width} height=${height} tabindex="0"
      role="application" aria-roledescription=${this.t("chart.role")} aria-label=${label} aria-describedby="${this.id}-keys"
      @pointermove=${(/** @type {PointerEvent} */ event) => this.onPointer(event, x)} @pointerleave=${() => this.moveTo(null)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.onKey(event)} @blur=${() => this.moveTo(null)}>
      ${y.ticks(5).map((tick) => svg`<g class="tick">
        <line x1=${MARGIN.left} x2=${right} y1=${y(tick)} y2=${y(tick)}></line>
        <text x=${MARGIN.left - 8} y=${y(tick)} dy="0.32em" text-anchor="end">${yFormat(tick)}</text></g>`)}
      ${x.ticks(Math.max(3, Math.floor(this.width / 110))).map((tick) => svg`<g class="tick">
        <text x=${x(tick)} y=${bottom + 18} text-anchor="middle">${xFormat(tick)}</text></g>`)}
      <line class="axis" x1=${MARGIN.left} x2=${right} y1=${bottom} y2=${bottom}></line>
      <text class="axis-label" x=${right} y=${height - 2} text-anchor="end">${xLabel}</text>
      <text class="axis-label" x=${MARGIN.left - 8} y=${MARGIN.top - 12} text-anchor="start">${yLabel}</text>
      ${this.data.series.map((series, index) =>
        this.visible.includes(series)
          ? svg`<path class="curve ${series.faint ? "faint" : ""}" d=${shape(series.points) ?? ""} stroke=${this.colorOf(index)}
              stroke-dasharray=${series.faint ? "" : (DASHES[index % DASHES.length] ?? "")}></path>${this.lonely(series, index, x, y)}`
          : nothing,
      )}
      ${this.at === null ? nothing : this.cursor(x, y, bottom)}
    </svg>`;
  }

  /** A curve of one point is a dot. @param {Series} series @param {number} index @param {(v: number) => number} x @param {(v: number) => number} y */
  lonely({ points }, index, x, y) {
    const only = points.length === 1 ? points[0] : undefined;
    return only ? svg`<circle r="3.5" cx=${x(only[0])} cy=${y(only[1])} fill=${this.colorOf(index)}></circle>` : nothing;
  }

  /** @param {(v: number) => number} x @param {(v: number) => number} y @param {number} bottom */
  cursor(x, y, bottom) {
    const at = /** @type {number} */ (this.at);
    return svg`<line class="chart-cursor" x1=${x(at)} x2=${x(at)} y1=${MARGIN.top} y2=${bottom}></line>
      ${this.data.series.map((series, index) => {
        const point = this.visible.includes(series) ? nearest(series.points, at) : undefined;
        return point && Number.isFinite(point[1])
          ? svg`<circle class="chart-dot" r="4" cx=${x(point[0])} cy=${y(point[1])} fill=${this.colorOf(index)}></circle>`
          : nothing;
      })}`;
  }

  readout() {
    const { xFormat = shortNumber, yFormat = shortNumber, xLabel = "" } = this.data;
    if (this.at === null) {
      return this.t("chart.none");
    }
    const at = this.at;
    const parts = this.visible.filter(({ faint }) => !faint).map((series) => {
      const point = nearest(series.points, at);
      return point ? `${series.name} ${yFormat(point[1])}` : "";
    });
    return [`${xLabel} ${xFormat(at)}`.trim(), ...parts.filter(Boolean)].join(" · ");
  }

  table() {
    const { series, xLabel = "", xFormat = shortNumber, yFormat = shortNumber, label } = this.data;
    const places = this.places();
    const every = Math.max(1, Math.ceil(places.length / 200));
    const values = series.map(({ points }) => new Map(points));
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${label}>
      <table>
        <thead><tr><th scope="col">${xLabel}</th>${series.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${places.filter((_, index) => index % every === 0).map((place) => html`<tr><th scope="row">${xFormat(place)}</th>
          ${values.map((ys) => html`<td>${ys.has(place) ? yFormat(Number(ys.get(place))) : ""}</td>`)}</tr>`)}</tbody>
      </table>
    </div>`;
  }

  /** All x of the visible curves, growing. */
  places() {
    return [...new Set(this.visible.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  }

  /** @param {string} id */
  toggle(id) {
    if (!this.hidden.delete(id)) {
      this.hidden.add(id);
    }
    this.draw();
  }

  /** @param {number | null} at */
  moveTo(at) {
    if (at !== this.at) {
      this.at = at;
      this.draw();
    }
  }

  /** @param {PointerEvent} event @param {import("./d3.js").ContinuousScale} x */
  onPointer(event, x) {
    this.byKeyboard = false;
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const place = x.invert(((event.clientX - box.left) / box.width) * this.width);
    const near = nearest(this.places().map((value) => [value, 0]), place);
    this.moveTo(near ? near[0] : null);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const places = this.places();
    const here = this.at === null ? -1 : places.indexOf(this.at);
    const far = Math.max(1, Math.round(places.length / 20));
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, PageDown: here + far, PageUp: here - far, Home: 0, End: places.length - 1 }[event.key];
    if (to !== undefined && places.length) {
      event.preventDefault();
      this.byKeyboard = true;
      this.moveTo(places[Math.max(0, Math.min(places.length - 1, to))] ?? null);
    } else if (event.key === "Escape") {
      this.moveTo(null);
    }
  }

  /** @param {Event} event */
  onTable(event) {
    const open = /** @type {HTMLDetailsElement} */ (event.target).open;
    if (open !== this.tableOpen) {
      this.tableOpen = open;
      this.draw();
    }
  }
}

/**
 * The point nearest to an x, by bisection.
 *
 * @param {readonly Point[]} points
 * @param {number} x
 */
function nearest(points, x) {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const after = points[low];
  const before = points[low - 1];
  return before && after && x - before[0] < after[0] - x ? before : after;
}
