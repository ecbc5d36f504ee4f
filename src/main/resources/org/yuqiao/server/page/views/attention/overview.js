// @ts-check
/** All heads of one kind in small: a row a layer, a column a head and their mean. */
import { html } from "lit-html";
import { number } from "../../i18n.js";
import { paintPixels } from "../../parts/matrix-view-paint.js";
import { isDark } from "../../parts/theme.js";

/**
 * @typedef {object} Head
 * @property {import("./measures.js").Matrix} matrix masked cells are NaN
 * @property {number} entropy
 * @property {number} distance
 */

/** @typedef {{layer: number, head: number}} Choice indexes from 0; the last head is the mean */

/** @param {number} value */
export const two = (value) => number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** @param {number} value */
export const one = (value) => number(value, value < 10 ? { minimumFractionDigits: 1, maximumFractionDigits: 1 } : { maximumFractionDigits: 0 });

/**
 * @param {object} overview
 * @param {import("../../i18n.js").Translate} overview.t
 * @param {Head[][]} overview.heads by layer
 * @param {Choice} overview.chosen
 * @param {(choice: Choice, byKeyboard: boolean) => void} overview.onChoose
 */
export function headOverview({ t, heads, chosen, onChoose }) {
  const columns = heads[0]?.length ?? 0;
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    const { layer, head } = chosen;
    /** @type {Record<string, [number, number]>} */
    const moves = { ArrowUp: [layer - 1, head], ArrowDown: [layer + 1, head], ArrowLeft: [layer, head - 1], ArrowRight: [layer, head + 1], Home: [layer, 0], End: [layer, columns - 1] };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      const next = { layer: Math.max(0, Math.min(heads.length - 1, move[0])), head: Math.max(0, Math.min(columns - 1, move[1])) };
      const grid = /** @type {HTMLElement} */ (event.currentTarget);
      onChoose(next, true);
      /** @type {HTMLElement | null} */ (grid.querySelector(`[data-head="${next.layer}-${next.head}"]`))?.focus();
    }
  };
  return html`<div class="head-scroll"><div class="head-overview" role="radiogroup" aria-label=${t("attention.overview")} @keydown=${keys}
    .style=${`--heads:${columns}`}>
    <span class="head-corner" aria-hidden="true"></span>
    ${Array.from({ length: columns }, (_, head) => html`<span class="head-column" aria-hidden="true">${headName(t, head, columns)}</span>`)}
    ${heads.map((row, layer) => html`<span class="head-row" aria-hidden="true">${t("attention.layer", layer + 1)}</span>
      ${row.map((head, index) => tile(t, head, { layer, head: index }, columns, chosen, onChoose))}`)}
  </div></div>`;
}

/** @param {import("../../i18n.js").Translate} t @param {number} head @param {number} columns */
export function headName(t, head, columns) {
  return head === columns - 1 ? t("attention.mean") : t("attention.head", head + 1);
}

/**
 * @param {import("../../i18n.js").Translate} t
 * @param {Head} head
 * @param {Choice} place
 * @param {number} columns
 * @param {Choice} chosen
 * @param {(choice: Choice, byKeyboard: boolean) => void} onChoose
 */
function tile(t, head, place, columns, chosen, onChoose) {
  const checked = place.layer === chosen.layer && place.head === chosen.head;
  const name = t("attention.tile", place.layer + 1, headName(t, place.head, columns), two(head.entropy), one(head.distance));
  return html`<button type="button" role="radio" class="head-tile" aria-checked=${checked} tabindex=${checked ? 0 : -1} aria-label=${name}
    title=${name} data-head="${place.layer}-${place.head}" @click=${() => onChoose(place, false)}>
    <canvas aria-hidden="true"></canvas>
    <span class="head-numbers" aria-hidden="true"><span>${two(head.entropy)}</span><span>${one(head.distance)}</span></span>
  </button>`;
}

/** Small weights are stretched, so that equal weights on all keys are a quarter of the scale. @param {number} keys */
function stretch(keys) {
  const power = Math.min(1, Math.log(4) / Math.log(Math.max(4, keys)));
  return (/** @type {number} */ weight) => weight ** power;
}

/** @type {WeakMap<Element, {matrix: unknown, dark: boolean}>} what a canvas shows */
const painted = new WeakMap();

/** Paints the small heat maps, all on one scale. @param {HTMLElement} host @param {Head[][]} heads */
export function paintOverview(host, heads) {
  for (const canvas of host.querySelectorAll("canvas")) {
    const [layer = 0, head = 0] = (canvas.parentElement?.dataset["head"] ?? "").split("-").map(Number);
    const matrix = heads[layer]?.[head]?.matrix;
    const shown = painted.get(canvas);
    if (matrix && (shown?.matrix !== matrix || shown.dark !== isDark())) {
      painted.set(canvas, { matrix, dark: isDark() });
      paintPixels(canvas, matrix, "sequential", [0, 1], stretch(matrix[0]?.length ?? 1));
      canvas.classList.toggle("fine", matrix.length > 70);
    }
  }
}
