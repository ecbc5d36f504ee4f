// @ts-check
import { html, svg } from "lit-html";
import { minus, percent, tokenAfter } from "./token.js";

/** @typedef {import("../../app.js").Context} Context */

/**
 * @typedef {object} Candidate
 * @property {number} id
 * @property {string} token
 * @property {number} logit
 * @property {number} probability of the model
 * @property {number} sampled the probability after temperature, top-k and top-p; 0 if excluded
 */

/**
 * The candidates as rows with two bars each; a row is a button that chooses its token.
 *
 * @param {Context} context
 * @param {string} before the token that the candidates follow
 * @param {Candidate[]} candidates the best first
 * @param {((candidate: Candidate) => void) | undefined} choose undefined while none can be chosen
 */
export function candidateList({ t }, before, candidates, choose) {
  return html`<div class="candidates">
    <div class="candidates-head" aria-hidden="true">
      <span>${t("next.candidates")}</span>
      <span class="candidate-logit">${t("next.logit")}</span>
      <span class="key model">${t("next.model")}</span>
      <span class="key sampled">${t("next.sampled")}</span>
    </div>
    <ol aria-label=${t("next.candidates")} @keydown=${moveFocus}>
      ${candidates.map((candidate) => {
        const token = tokenAfter(before, candidate.token);
        const excluded = candidate.sampled === 0;
        const after = excluded ? t("next.excluded") : percent(candidate.sampled);
        const label = t("next.choose", token, percent(candidate.probability), after);
        return html`<li class="candidate ${excluded ? "excluded" : ""}">
          <button type="button" aria-label=${label} ?disabled=${!choose} @click=${() => choose?.(candidate)}>
            <span class="candidate-token">${token}</span>
            <span class="candidate-bars">${bar("model", candidate.probability)}${bar("sampled", candidate.sampled)}</span>
            <span class="candidate-logit">${minus(candidate.logit)}</span>
            <span class="candidate-share model">${percent(candidate.probability)}</span>
            <span class="candidate-share sampled">${excluded ? "–" : after}</span>
          </button>
        </li>`;
      })}
    </ol>
    <p class="hint">${t("next.keys")}</p>
  </div>`;
}

/** @param {string} kind @param {number} share */
function bar(kind, share) {
  return svg`<svg class="bar ${kind}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="8"></rect>
    <rect class="fill" width=${share > 0 ? Math.max(0.4, share * 100) : 0} height="8"></rect>
  </svg>`;
}

/** Moves the focus through the rows by arrow keys, Home and End. @param {KeyboardEvent} event */
function moveFocus(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const buttons = [...list.querySelectorAll("button")];
  const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to !== undefined && buttons[to]) {
    event.preventDefault();
    buttons[to].focus();
  }
}
