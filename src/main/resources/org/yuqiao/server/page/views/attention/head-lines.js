// @ts-check
/** One head as lines between the tokens that look and the tokens that are looked at. */
import { html, nothing, render } from "lit-html";
import { sharpContext } from "../../parts/heat-map-paint.js";
import { htmlLang } from "../../parts/text.js";
import { cssColor, onTheme } from "../../parts/theme.js";

/** @typedef {{side: "query" | "key", index: number}} Place */

/**
 * @typedef {object} HeadLinesData
 * @property {import("./measures.js").Matrix} weights
 * @property {string[]} queries
 * @property {string[]} keys
 * @property {string} queriesTitle
 * @property {string} keysTitle
 * @property {"zh" | "en" | string} queryLanguage
 * @property {string} keyLanguage
 * @property {"source" | "target"} querySide colors
 * @property {"source" | "target"} keySide
 * @property {number} threshold weights below it have no line
 * @property {Place | null} active pointed at or pinned: only its lines are drawn
 * @property {Place | null} pinned
 */

/**
 * @typedef {object} HeadLinesEvents
 * @property {(place: Place | null) => void} onPoint
 * @property {(place: Place | null) => void} onPin
 */

const LEVELS = 16;

/** The height of a token, in sixteenths of the letter size: long sentences are set closer. @param {number} count */
function pitchFor(count) {
  return Math.max(13, Math.min(26, 800 / count));
}

export class HeadLines {
  /** @param {HTMLElement} host an empty element @param {HeadLinesEvents} events */
  constructor(host, events) {
    this.host = host;
    this.events = events;
    /** @type {HeadLinesData | undefined} */
    this.data = undefined;
    this.tab = { query: 0, key: 0 };
    this.size = { width: 0, height: 0 };
    this.colors = { source: "", target: "" };
    this.observer = new ResizeObserver(() => requestAnimationFrame(() => this.measure()));
    this.observer.observe(host);
    this.endTheme = onTheme(() => this.measure());
  }

  dispose() {
    this.observer.disconnect();
    this.endTheme();
  }

  /** @param {HeadLinesData} data */
  set(data) {
    const before = this.data;
    this.data = data;
    for (const side of /** @type {const} */ (["query", "key"])) {
      const count = side === "query" ? data.queries.length : data.keys.length;
      this.tab[side] = data.active?.side === side ? data.active.index : Math.min(this.tab[side], count - 1);
    }
    render(this.template(data), this.host);
    if (before?.queries.length === data.queries.length && before.keys.length === data.keys.length) {
      this.draw();
    } else {
      this.measure();
    }
  }

  /** Sizes and colors, which pointing at tokens does not change. */
  measure() {
    const space = this.host.querySelector(".line-space");
    this.size = { width: space?.clientWidth ?? 0, height: space?.clientHeight ?? 0 };
    this.colors = { source: cssColor("--source"), target: cssColor("--target") };
    this.draw();
  }

  /** @param {HeadLinesData} data */
  template(data) {
    return html`<div class="head-lines" @keydown=${(/** @type {KeyboardEvent} */ event) => this.onKey(event)}
      @pointerleave=${() => this.events.onPoint(null)}>
      ${this.column(data, "query")}
      <div class="line-space"><canvas aria-hidden="true"></canvas></div>
      ${this.column(data, "key")}
    </div>`;
  }

  /** @param {HeadLinesData} data @param {"query" | "key"} side */
  column(data, side) {
    const query = side === "query";
    const tokens = query ? data.queries : data.keys;
    const language = query ? data.queryLanguage : data.keyLanguage;
    const pitch = pitchFor(tokens.length);
    return html`<div class="line-tokens ${side} ${query ? data.querySide : data.keySide}" role="group" lang=${htmlLang(language)}
      aria-label=${query ? data.queriesTitle : data.keysTitle}
      .style=${`--pitch:${pitch / 16}rem;--letters:${Math.max(11, Math.min(15, pitch - 3)) / 16}rem`}>
      ${tokens.map((token, index) => this.token(data, { side, index }, token))}
    </div>`;
  }

  /** @param {HeadLinesData} data @param {Place} place @param {string} token */
  token(data, place, token) {
    const same = (/** @type {Place | null} */ other) => other?.side === place.side && other.index === place.index;
    const weight = weightOf(data, place);
    const pinned = same(data.pinned);
    return html`<button type="button" class="line-token ${same(data.active) ? "current" : ""}"
      tabindex=${this.tab[place.side] === place.index ? 0 : -1} aria-pressed=${pinned} title=${token}
      data-side=${place.side} data-index=${place.index}
      .style=${`--weight:${weight === null ? 0 : weight.toFixed(4)}`}
      @pointerenter=${(/** @type {PointerEvent} */ event) => event.pointerType === "mouse" && this.events.onPoint(place)}
      @focus=${(/** @type {FocusEvent} */ event) => /** @type {HTMLElement} */ (event.target).matches(":focus-visible") && this.events.onPoint(place)}
      @blur=${() => this.events.onPoint(null)}
      @click=${() => this.events.onPin(pinned ? null : place)}><span>${token}</span>${weight !== null && weight >= 0.0995
        ? html`<span class="line-weight" aria-hidden="true">${weight.toFixed(2)}</span>`
        : nothing}</button>`;
  }

  draw() {
    const { data } = this;
    const canvas = this.host.querySelector("canvas");
    const { width, height } = this.size;
    if (!data || !canvas || width === 0) {
      return;
    }
    const places = (/** @type {number} */ count) => (/** @type {number} */ index) => ((index + 0.5) * height) / count;
    const from = places(data.queries.length);
    const to = places(data.keys.length);
    const context = sharpContext(canvas, width, height);
    const gradient = context.createLinearGradient(0, 0, width, 0);
    gradient.addColorStop(0, this.colors[data.querySide]);
    gradient.addColorStop(1, this.colors[data.keySide]);
    context.strokeStyle = gradient;
    lineLevels(data).forEach((pairs, level) => {
      const share = (level + 0.5) / LEVELS;
      const strength = data.active ? Math.sqrt(share) : share;
      context.globalAlpha = Math.min(1, 0.06 + 0.94 * strength);
      context.lineWidth = 0.75 + 4 * strength;
      context.beginPath();
      for (const [i, j] of pairs) {
        const y = from(i);
        const z = to(j);
        context.moveTo(0, y);
        context.bezierCurveTo(width * 0.4, y, width * 0.6, z, width, z);
      }
      context.stroke();
    });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const button = /** @type {HTMLElement} */ (event.target);
    const side = button.dataset["side"];
    const index = Number(button.dataset["index"]);
    const columns = [...this.host.querySelectorAll(".line-tokens")];
    const here = columns[side === "key" ? 1 : 0];
    const across = columns[side === "key" ? 0 : 1];
    const last = (here?.children.length ?? 1) - 1;
    const next = {
      ArrowDown: here?.children[Math.min(last, index + 1)],
      ArrowUp: here?.children[Math.max(0, index - 1)],
      Home: here?.children[0],
      End: here?.children[last],
      ArrowLeft: across?.children[Math.min(index, across.children.length - 1)],
      ArrowRight: across?.children[Math.min(index, across.children.length - 1)],
    }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      this.events.onPin(null);
    } else if (next instanceof HTMLElement && ((event.key !== "ArrowLeft" || side === "key") && (event.key !== "ArrowRight" || side === "query"))) {
      event.preventDefault();
      next.focus();
    }
  }
}

/** The weight between a token and the one that is pointed at, if that is on the other side. @param {HeadLinesData} data @param {Place} place */
function weightOf({ active, weights, threshold }, place) {
  if (!active || active.side === place.side) {
    return null;
  }
  const weight = active.side === "query" ? weights[active.index]?.[place.index] : weights[place.index]?.[active.index];
  return weight !== undefined && weight >= threshold ? weight : null;
}

/**
 * The lines that are drawn, by strength, so that those of one strength are one path.
 *
 * @param {HeadLinesData} data
 * @returns {[number, number][][]}
 */
export function lineLevels({ weights, threshold, active }) {
  /** @type {[number, number][][]} */
  const levels = Array.from({ length: LEVELS }, () => []);
  weights.forEach((row, i) => {
    if (active?.side === "query" && active.index !== i) {
      return;
    }
    row.forEach((weight, j) => {
      if (weight >= Math.max(threshold, 0.004) && (active?.side !== "key" || active.index === j)) {
        levels[Math.min(LEVELS - 1, Math.floor(weight * LEVELS))]?.push([i, j]);
      }
    });
  });
  return levels;
}
