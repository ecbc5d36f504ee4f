// @ts-check
import { html, nothing } from "lit-html";
import { number, percent } from "../../i18n.js";
import { problemState } from "../../parts/states.js";
import { bare } from "../../parts/text.js";

/** @typedef {import("../../i18n.js").Translate} Translate */
/** @typedef {import("./plot.js").PlotPoint} PlotPoint */
/** @typedef {import("./similarity-list.js").Neighbor} Neighbor */

const AXES = ["x", "y", "z"];
const SPOKEN_NEIGHBORS = 5;
const ROWS = 100;

/**
 * The canvas of the map with its buttons, and the same points as a table.
 *
 * @typedef {object} MapFigure
 * @property {Translate} t
 * @property {PlotPoint[]} points
 * @property {{explained?: number[]} | undefined} projection
 * @property {string} method
 * @property {number} dimensions
 * @property {boolean} computing
 * @property {unknown} problem
 * @property {{word: string, neighbors: Neighbor[]} | undefined} selected
 * @property {() => import("./plot.js").Plot | undefined} plot
 * @property {() => void} onRetry
 */

/** @param {MapFigure} figure */
export function mapFigure({ t, points, projection, method, dimensions, computing, problem, selected, plot, onRetry }) {
  const explained = projection?.explained?.reduce((total, share) => total + share, 0);
  return html`<figure class="embeddings-map card">
    <div class="map-frame ${computing ? "busy" : ""}">
      <canvas tabindex="0" role="application" aria-roledescription=${t("plot.role")}
        aria-label=${t("plot.label", points.length, dimensions, selected ? spoken(t, selected) : "")} aria-describedby="embeddings-keys"></canvas>
      ${problem ? html`<div class="map-state">${problemState(t, problem, onRetry)}</div>` : nothing}
      ${computing && (method === "tsne" || points.length === 0)
        ? html`<p class="map-state" role="status">${t("plot.computing")}</p>`
        : nothing}
      <div class="map-buttons">
        <button type="button" class="small" aria-label=${t("plot.zoomIn")} title=${t("plot.zoomIn")} @click=${() => plot()?.zoom(1.25)}>+</button>
        <button type="button" class="small" aria-label=${t("plot.zoomOut")} title=${t("plot.zoomOut")} @click=${() => plot()?.zoom(0.8)}>−</button>
        <button type="button" class="small" @click=${() => plot()?.reset()}>${t("plot.reset")}</button>
      </div>
    </div>
    <figcaption>
      <p class="hint">${t(`method.${method}.hint`)} ${explained === undefined ? nothing : t("explained", percent(explained))}</p>
      <p class="hint" id="embeddings-keys">${t(`plot.keys.${dimensions}`)}</p>
      ${table(t, points, dimensions)}
    </figcaption>
  </figure>`;
}

/** @param {Translate} t @param {{word: string, neighbors: Neighbor[]}} selected */
function spoken(t, { word, neighbors }) {
  return t("plot.selected", bare(word), neighbors.slice(0, SPOKEN_NEIGHBORS).map((neighbor) => bare(neighbor.word)).join(", "));
}

/** @param {Translate} t @param {PlotPoint[]} points @param {number} dimensions */
function table(t, points, dimensions) {
  return html`<details>
    <summary>${t("plot.table")}</summary>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${t("plot.table")}>
      <table>
        <thead><tr><th scope="col">${t("word")}</th>${AXES.slice(0, dimensions).map((axis) => html`<th scope="col">${axis}</th>`)}</tr></thead>
        <tbody>
          ${points.slice(0, ROWS).map(
            (point) => html`<tr><th scope="row">${bare(point.word)}</th>
              ${[point.x, point.y, point.z].slice(0, dimensions).map((value) => html`<td>${number(value ?? 0, { maximumFractionDigits: 3 })}</td>`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
