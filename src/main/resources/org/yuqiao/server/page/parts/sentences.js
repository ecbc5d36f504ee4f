// @ts-check
/** The sentences of a text, which a model reads one by one, and the choice of the one that is shown. */
import { html, nothing } from "lit-html";
import { select } from "./controls.js";
import { keptAnswers } from "./kept-answers.js";

/** @type {ReturnType<typeof keptAnswers<string[]>>} */
const cuts = keptAnswers(20);

/**
 * The sentences as the server cuts them; those that it would not translate are left out if there are others.
 *
 * @param {import("../app.js").Context["api"]} api
 * @param {{model: string | undefined, text: string}} question
 * @param {AbortSignal} signal
 */
export function sentencesOf(api, question, signal) {
  return cuts.get(question, async () => {
    const answer = await api.post("/sentences", question, { signal });
    const all = /** @type {{source: string, note?: string}[]} */ (answer.sentences);
    const translatable = all.filter(({ note }) => !note);
    const sources = (translatable.length > 0 ? translatable : all).map(({ source }) => source);
    return sources.length > 0 ? sources : [question.text];
  });
}

/** The index of the sentence that the address names. @param {URLSearchParams} params @param {readonly string[]} sentences */
export function chosenSentence(params, sentences) {
  return Math.max(0, Math.min(sentences.length, Math.trunc(Number(params.get("sentence"))) || 1) - 1);
}

/**
 * Nothing for a single sentence.
 *
 * @param {object} picker
 * @param {import("../i18n.js").Translate} picker.t
 * @param {readonly string[]} picker.sentences
 * @param {number} picker.chosen index
 * @param {(sentence: number) => void} picker.onChange counted from 1, as in the address
 */
export function sentencePicker({ t, sentences, chosen, onChange }) {
  const count = sentences.length;
  if (count < 2) {
    return nothing;
  }
  return html`<div class="sentence-picker" role="group" aria-label=${t("sentence.choice")}>
    ${select({
      label: t("sentence.of", chosen + 1, count),
      value: String(chosen + 1),
      options: sentences.map((text, index) => ({ value: String(index + 1), label: `${index + 1}. ${text}` })),
      onChange: (value) => onChange(Number(value)),
    })}
    <button type="button" aria-label=${t("sentence.previous")} title=${t("sentence.previous")} ?disabled=${chosen === 0}
      @click=${() => onChange(chosen)}>‹</button>
    <button type="button" aria-label=${t("sentence.next")} title=${t("sentence.next")} ?disabled=${chosen === count - 1}
      @click=${() => onChange(chosen + 2)}>›</button>
  </div>`;
}
