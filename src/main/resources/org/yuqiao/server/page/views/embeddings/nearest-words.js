// @ts-check
import { html, nothing } from "lit-html";
import { Problem } from "../../api.js";
import { loading, problemState } from "../../parts/states.js";
import { bare } from "../../parts/text.js";
import { similarityList } from "./similarity-list.js";

/**
 * The nearest neighbors of a word.
 *
 * @typedef {object} Nearest
 * @property {import("../../app.js").Context} context
 * @property {string} word "" before one is chosen
 * @property {import("./similarity-list.js").Neighbor[] | undefined} neighbors while they are not loaded
 * @property {unknown} problem of loading them
 * @property {(word: string) => void} onPick
 * @property {() => void} onRetry
 */

/** @param {Nearest} nearest */
export function nearestWords({ context, word, neighbors, problem, onPick, onRetry }) {
  const { t } = context;
  if (!word) {
    return html`<p class="muted">${t("neighbors.empty")}</p>`;
  }
  if (problem instanceof Problem && problem.status === 404) {
    return unknown(t, word, problem.suggestions, onPick);
  }
  if (problem) {
    return problemState(t, problem, onRetry);
  }
  return neighbors
    ? html`<h2>${t("neighbors.title", bare(word))}</h2>
        ${similarityList(context, neighbors, { onPick })}`
    : loading(t);
}

/**
 * The word is not in these vectors; words like it.
 *
 * @param {import("../../i18n.js").Translate} t
 * @param {string} word
 * @param {string[]} suggestions
 * @param {(word: string) => void} onPick
 */
function unknown(t, word, suggestions, onPick) {
  return html`<p role="status">${t("unknown", bare(word))}</p>
    ${suggestions.length
      ? html`<p class="examples">
          <span class="examples-label">${t("unknown.similar")}</span>
          ${suggestions.map((each) => html`<button type="button" class="chip" @click=${() => onPick(each)}>${bare(each)}</button>`)}
        </p>`
      : nothing}`;
}
