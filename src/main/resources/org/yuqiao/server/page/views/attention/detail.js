// @ts-check
/** One token in detail: the sentence lit by its weights, and its five largest weights as a table. */
import { html, nothing } from "lit-html";
import { number } from "../../i18n.js";
import { tokenLine } from "../../parts/tokens.js";
import { top } from "./measures.js";

const TOP = 5;

/** @param {number} weight */
export const weightText = (weight) => number(weight, { minimumFractionDigits: 4, maximumFractionDigits: 4 });

/** The weights of a token: of all keys for a query, of all queries for a key. @param {import("./measures.js").Matrix} matrix @param {import("./head-lines.js").Place} place */
export function weightsOf(matrix, { side, index }) {
  return side === "query" ? (matrix[index] ?? []) : matrix.map((row) => row[index] ?? Number.NaN);
}

/**
 * @param {object} detail
 * @param {import("../../i18n.js").Translate} detail.t
 * @param {import("./head-lines.js").HeadLinesData} detail.data
 * @param {string[]} detail.queryPieces tokens with their space marks
 * @param {string[]} detail.keyPieces
 * @param {import("./head-lines.js").HeadLinesEvents} detail.events
 */
export function tokenDetail({ t, data, queryPieces, keyPieces, events }) {
  const { active, weights, threshold, pinned } = data;
  const line = (/** @type {"query" | "key"} */ side) => {
    const query = side === "query";
    const lit = active && active.side !== side ? weightsOf(weights, active).map((weight) => (weight >= threshold ? weight : 0)) : undefined;
    return html`<div class="detail-line">
      <h3>${t(query ? "attention.queries" : "attention.keys")}</h3>
      ${tokenLine({
        t,
        tokens: (query ? queryPieces : keyPieces).map((token) => ({ token })),
        label: t(query ? "attention.queries" : "attention.keys"),
        language: query ? data.queryLanguage : data.keyLanguage,
        side: query ? data.querySide : data.keySide,
        showEnd: true,
        written: true,
        ...(lit && { weights: lit }),
        current: active?.side === side ? active.index : null,
        pinned: pinned?.side === side ? pinned.index : null,
        onPoint: (index) => events.onPoint(index === null ? null : { side, index }),
        onPick: (index) => events.onPin(pinned?.side === side && pinned.index === index ? null : { side, index }),
      })}
    </div>`;
  };
  return html`<section class="card token-detail" aria-labelledby="detail-title">
    <div class="detail-head">
      <h2 id="detail-title">${t("attention.pinned")}</h2>
      ${pinned ? html`<button type="button" class="quiet" @click=${() => events.onPin(null)}>${t("attention.unpin")}</button>` : nothing}
    </div>
    <div class="detail-body">
      <div class="detail-lines ${Math.max(queryPieces.length, keyPieces.length) > 40 ? "long" : ""}">${line("query")}${line("key")}</div>
      ${active ? topTable(t, data, active) : html`<p class="hint">${t("attention.pinned.none")}</p>`}
    </div>
  </section>`;
}

/** @param {import("../../i18n.js").Translate} t @param {import("./head-lines.js").HeadLinesData} data @param {import("./head-lines.js").Place} active */
function topTable(t, data, active) {
  const query = active.side === "query";
  const names = query ? data.keys : data.queries;
  const own = (query ? data.queries : data.keys)[active.index] ?? "";
  const values = weightsOf(data.weights, active);
  const best = top(values, TOP);
  const seen = values.filter((value) => Number.isFinite(value));
  const rest = seen.reduce((sum, value) => sum + value, 0) - best.reduce((sum, { value }) => sum + value, 0);
  const bar = (/** @type {number} */ value) => html`<td class="weight-bar"><span .style=${`inline-size:${(Math.min(1, value) * 100).toFixed(2)}%`}></span></td>`;
  return html`<table class="top-keys">
    <caption>${t(query ? "attention.top.query" : "attention.top.key", own)}</caption>
    <thead><tr><th scope="col">${t("attention.top.token")}</th><th scope="col">${t("attention.top.position")}</th>
      <th scope="col" colspan="2">${t("attention.top.weight")}</th></tr></thead>
    <tbody>${best.map(({ value, index }) => html`<tr><th scope="row">${names[index]}</th><td>${index + 1}</td><td>${weightText(value)}</td>${bar(value)}</tr>`)}
      ${query && seen.length > best.length
        ? html`<tr class="rest"><th scope="row" colspan="2">${t("attention.rest", seen.length - best.length)}</th><td>${weightText(Math.max(0, rest))}</td>${bar(rest)}</tr>`
        : nothing}
    </tbody>
  </table>`;
}
