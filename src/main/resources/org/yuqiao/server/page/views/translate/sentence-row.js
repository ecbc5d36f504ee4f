// @ts-check
/** A sentence with the tokens that the model reads, how sure the model is, and links to the other views. */
import { html } from "lit-html";
import { number, percent } from "../../i18n.js";
import { bare, htmlLang, isSpecial } from "../../parts/text.js";
import { tokenLine } from "../../parts/tokens.js";
import { lit } from "./attended.js";
import { perplexity } from "./sentences.js";

const VIEWS = ["attention", "steps", "decode"];

/**
 * @param {object} row
 * @param {import("../../app.js").Context} row.context
 * @param {import("./sentences.js").Sentence} row.sentence
 * @param {number} row.index
 * @param {string} row.model of the links
 * @param {{source: string, target: string}} row.pair languages
 * @param {import("../../api.js").Explanation | "loading" | "none" | undefined} row.explanation
 * @param {readonly number[] | undefined} row.weights of the source tokens
 * @param {number | null} row.current the source token that is pointed at
 * @param {(token: number | null) => void} row.onPoint
 */
export function sentenceRow({ context, sentence, index, model, pair, explanation, weights, current, onPoint }) {
  const { t, href } = context;
  const unsure = sentence.tokens
    .filter(({ token }) => !isSpecial(token))
    .reduce((low, token) => ((token.probability ?? 1) <= (low.probability ?? 1) ? token : low), { token: "", probability: 1 });
  return html`<li>
    <div class="translate-tokens">
      ${typeof explanation === "object"
        ? tokenLine({
            t,
            tokens: explanation.source.map((token) => ({ token })),
            label: t("sentences.source", index + 1),
            language: pair.source,
            side: "source",
            showEnd: true,
            current,
            ...(weights && { weights: lit(weights) }),
            onPoint,
          })
        : html`<p class="tokens" lang=${htmlLang(pair.source)}>${sentence.source}</p>`}
      <p class="muted" lang=${htmlLang(pair.target)}>${sentence.text}</p>
    </div>
    <dl class="translate-facts">
      <div title=${t("sentences.perplexity.hint")}><dt>${t("sentences.perplexity")}</dt><dd class="number">${number(perplexity(sentence.tokens) ?? 1, { maximumFractionDigits: 2 })}</dd></div>
      <div><dt>${t("sentences.fewest")}</dt><dd><span lang=${htmlLang(pair.target)}>${bare(unsure.token)}</span> ${percent(unsure.probability ?? 1)}</dd></div>
    </dl>
    <p class="translate-links">
      ${VIEWS.map((view) => html`<a class="button-link" href=${href(view, { text: sentence.source, model })}>${t(`sentences.${view}`)} →</a>`)}
    </p>
  </li>`;
}
