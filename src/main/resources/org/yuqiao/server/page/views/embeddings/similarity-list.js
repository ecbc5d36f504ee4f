// @ts-check
import { html, nothing, svg } from "lit-html";
import { bare } from "../../parts/text.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {{word: string, similarity: number}} Neighbor */

/**
 * Words with bars of their cosine similarity.
 *
 * @param {Context} context
 * @param {Neighbor[]} neighbors the most similar first
 * @param {object} options
 * @param {((word: string) => void) | undefined} options.onPick makes each word a button
 * @param {ReadonlySet<string>} [options.marked] words that the other list has too
 */
export function similarityList({ t }, neighbors, { onPick, marked }) {
  return html`<table class="similarities">
    <thead class="visually-hidden">
      <tr><th scope="col">${t("word")}</th><th scope="col">${t("neighbors.similarity")}</th></tr>
    </thead>
    <tbody>
      ${neighbors.map(
        ({ word, similarity }) => html`<tr class=${marked?.has(word) ? "common" : ""}>
          <td>
            ${onPick ? html`<button type="button" class="link-button" @click=${() => onPick(word)}>${bare(word)}</button>` : bare(word)}
            ${marked?.has(word) ? html`<span class="common-mark" role="img" aria-label=${t("compare.both")} title=${t("compare.both")}>●</span>` : nothing}
          </td>
          <td><div class="similarity">
            ${svg`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect class="track" width="100" height="8"></rect>
              <rect class="fill" width=${Math.max(0, Math.min(100, similarity * 100))} height="8"></rect></svg>`}
            <span>${similarity.toFixed(3).replace("-", "−")}</span>
          </div></td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
