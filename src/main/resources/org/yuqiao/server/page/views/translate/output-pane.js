// @ts-check
import { html, nothing } from "lit-html";
import { loading } from "../../parts/states.js";
import { htmlLang } from "../../parts/text.js";
import { tokenLine } from "../../parts/tokens.js";
import { lit } from "./attended.js";
import { gapBefore, ofLine } from "./sentences.js";

/** @typedef {import("./pointing.js").Pointed} Pointed */
/** @typedef {import("./sentences.js").Sentence} Sentence */

/**
 * The translation as it arrives, token by token; a token that is pointed at lights what it attends to.
 *
 * @typedef {object} Output
 * @property {import("../../i18n.js").Translate} t
 * @property {import("./sentences.js").Arriving} arriving
 * @property {boolean} running
 * @property {{source: string, target: string}} pair of languages
 * @property {boolean} spaced whether the target language has spaces between sentences
 * @property {import("./pointing.js").Pointing} pointing
 * @property {(at: Pointed | null) => void} onPoint
 */

/** @param {Output} output */
export function outputPane(output) {
  const { t, arriving, running, pair } = output;
  const lines = Array.from({ length: arriving.lines }, (_, line) => line);
  const waiting = running && arriving.sentences.length === 0;
  return html`<div class="translate-output ${running ? "running" : ""}" role="region" aria-label=${t("target.label")}
    aria-busy=${running} lang=${htmlLang(pair.target)}>
    ${waiting ? loading(t, { lines: 2 }) : nothing}
    ${!waiting && lines.length === 0 ? html`<p class="muted">${t("target.empty")}</p>` : nothing}
    ${lines.map((line) => outputLine(output, line))}
  </div>`;
}

/** @param {Output} output @param {number} line */
function outputLine(output, line) {
  const sentences = ofLine(output.arriving, line);
  return html`<div class="translate-line">${sentences.length === 0 ? html`<br>` : nothing}${sentences.map(([index, sentence], place) => html`${gapBefore(sentence, place === 0, output.spaced)}${sentence.note ? noted(output, sentence) : targetTokens(output, index)}`)}</div>`;
}

/** @param {Output} output @param {Sentence} sentence that is not translated */
function noted({ t, pair }, { text, note = "" }) {
  return html`<span class="translate-copied">${text}</span> <span class="translate-note">${t(`note.${note}`, t(`language.${pair.source}`))}</span>`;
}

/** @param {Output} output @param {number} index of a sentence */
function targetTokens({ t, arriving, pointing, onPoint }, index) {
  const weights = pointing.weightsOf(index, "target");
  return tokenLine({
    t,
    tokens: arriving.sentences[index]?.tokens ?? [],
    label: t("tokens.label", index + 1),
    side: "target",
    confidence: true,
    current: pointing.tokenOf(index, "target"),
    ...(weights && { weights: lit(weights) }),
    onPoint: (token) => onPoint(token === null ? null : { sentence: index, side: "target", token }),
  });
}
