// @ts-check
/** The card of one step: what it does, its formula, where it comes from, a number of it worked out. */
import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { percent } from "../../i18n.js";
import { formulaLine, readableFormula } from "../../parts/formula.js";
import { labelOf, labels } from "../../parts/text.js";
import { flowPicture } from "./flow-picture.js";
import { followedCell } from "./followed.js";
import { PAIRS } from "./trace.js";
import { workedOut } from "./worked.js";

/** @typedef {import("../../i18n.js").Translate} Translate */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").Step} Step */

const TOP = 10;

/**
 * The card, with an empty `.step-matrix` for the matrix view.
 *
 * @param {object} card
 * @param {Translate} card.t
 * @param {import("../../i18n.js").Language} card.lang
 * @param {Trace} card.trace
 * @param {number} card.index of the step
 * @param {number} card.token that is followed
 * @param {number | null} card.column that was chosen
 * @param {(index: number) => void} card.onGo
 */
export function stepCard({ t, lang, trace, index, token, column, onGo }) {
  const step = /** @type {Step} */ (trace.steps[index]);
  const [rows, columns] = step.shape;
  return html`<section class="card step-card" aria-labelledby="step-title">
    <div class="step-head">
      <h2 id="step-title">${formulaLine(t(`name.${step.id}`))}</h2>
      <p class="step-shape" aria-label=${t("steps.shape.text", rows, columns)}><i>${formulaLine(step.symbol)}</i> ${t("steps.shape", rows, columns)}</p>
    </div>
    <p class="step-text">${formulaLine(t(`text.${step.id}`))}</p>
    ${keyed(`${trace.stack} ${step.id}`, html`<div class="step-how">
      <p class="formula">${formulaLine(readableFormula(step.formula, lang))}</p>
      ${flowPicture(t, trace, index, (id) => onGo(trace.steps.findIndex((other) => other.id === id)))}
    </div>`)}
    ${step.id === "probabilities" ? bestTokens(t, trace, step, token) : nothing}
    <div class="step-matrix"></div>
    ${cutNote(t, step)}
    ${worked(t, trace, index, token, column)}
    ${stepper(t, trace.steps.length, index, onGo)}
  </section>`;
}

/** How much of the matrix is shown. @param {Translate} t @param {Step} step */
function cutNote(t, step) {
  const shown = step.values[0]?.length ?? 0;
  if (step.id === "one-hot") {
    return html`<p class="hint">${t("steps.ids", step.shape[1])}</p>`;
  }
  if (step.tokens?.length) {
    return html`<p class="hint">${t("steps.best", shown, step.shape[1])}</p>`;
  }
  return step.values.length < step.shape[0] || shown < step.shape[1]
    ? html`<p class="hint steps-cut">${t("steps.cut", step.values.length, step.shape[0], shown, step.shape[1])}</p>`
    : nothing;
}

/** One number, worked out. @param {Translate} t @param {Trace} trace @param {number} index @param {number} token @param {number | null} column */
function worked(t, trace, index, token, column) {
  const lines = workedOut(readable(trace), index, followedCell(trace, index, token, column));
  const id = trace.steps[index]?.id ?? "";
  return lines.length
    ? html`<div class="worked"><h3>${t("steps.worked")}</h3>
        ${lines.map(({ formula, key, args }) => (formula ? html`<p class="worked-formula">${formulaLine(formula)}</p>` : html`<p>${t(key ?? "", ...(args ?? []))}</p>`))}
        ${["tokens", "one-hot"].includes(id) ? nothing : html`<p class="hint">${t("steps.worked.hint")}</p>`}</div>`
    : nothing;
}

/** The same with tokens as people read them. @param {Trace} trace @returns {Trace} */
function readable(trace) {
  return { ...trace, steps: trace.steps.map((step) => ({ ...step, rows: labels(step.rows), columns: PAIRS.includes(step.id) ? labels(step.columns) : step.columns })) };
}

/** The most probable tokens as bars. @param {Translate} t @param {Trace} trace @param {Step} step @param {number} row */
function bestTokens(t, trace, step, row) {
  const tokens = step.tokens?.[row] ?? [];
  return html`<table class="top-keys best-tokens">
    <caption>${t("steps.top", `“${labelOf(trace.queries[row] ?? "")}”`)}</caption>
    <tbody>${(step.values[row] ?? []).slice(0, TOP).map((value, rank) => html`<tr>
      <th scope="row">${labelOf(tokens[rank] ?? "")}</th><td>${percent(value, 2)}</td>
      <td class="weight-bar"><span .style=${`inline-size:${(value * 100).toFixed(2)}%`}></span></td></tr>`)}</tbody>
  </table>`;
}

/** @param {Translate} t @param {number} count @param {number} index @param {(index: number) => void} onGo */
function stepper(t, count, index, onGo) {
  return html`<div class="stepper">
    <progress class="visually-hidden" max=${count} value=${index + 1} aria-label=${t("steps.progress", index + 1, count)}></progress>
    <div class="stepper-bar" aria-hidden="true"><span .style=${`inline-size:${((index + 1) / count) * 100}%`}></span></div>
    <button type="button" ?disabled=${index === 0} @click=${() => onGo(index - 1)}>← ${t("steps.previous")}</button>
    <span class="stepper-place"><span class="stepper-long">${t("steps.progress", index + 1, count)}</span><span class="stepper-short" aria-hidden="true">${index + 1} / ${count}</span><span class="hint">${t("steps.keys")}</span></span>
    <button type="button" class="primary" ?disabled=${index === count - 1} @click=${() => onGo(index + 1)}>${t("steps.next")} →</button>
  </div>`;
}
