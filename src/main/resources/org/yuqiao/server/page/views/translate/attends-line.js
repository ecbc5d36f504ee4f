// @ts-check
/** What the token that is pointed at attends to, in words. */
import { html } from "lit-html";
import { percent } from "../../i18n.js";
import { bare, isSpecial } from "../../parts/text.js";
import { alignmentLayer } from "./attended.js";

/** @typedef {import("../../api.js").Explanation} Explanation */

const TOKENS = 3;
const LEAST = 0.02;

/**
 * @param {object} line
 * @param {import("../../i18n.js").Translate} line.t
 * @param {import("./pointing.js").Pointed | null} line.pointed
 * @param {Explanation | "loading" | "none" | undefined} line.explanation of its sentence
 * @param {readonly number[]} line.weights of the tokens of the other side
 * @param {boolean} line.idle whether there is a translation to point at
 */
export function attendsLine({ t, pointed, explanation, weights, idle }) {
  if (!pointed || explanation === undefined || explanation === "loading") {
    return html`<p class="translate-attends muted">${pointed ? t("attends.loading") : idle ? t("attends.idle") : ""}</p>`;
  }
  if (explanation === "none") {
    return html`<p class="translate-attends muted">${t("attends.none")}</p>`;
  }
  const fromTarget = pointed.side === "target";
  const names = fromTarget ? explanation.source : explanation.target.map(({ token }) => token);
  const name = (/** @type {string} */ token) => (isSpecial(token) ? t("token.end") : bare(token));
  const strongest = [...weights.entries()].sort((a, b) => b[1] - a[1]).slice(0, TOKENS).filter(([, weight]) => weight >= LEAST);
  const parts = strongest.map(([index, weight]) => t("attends.part", name(names[index] ?? ""), percent(weight))).join(" · ");
  const token = (fromTarget ? explanation.target[pointed.token]?.token : explanation.source[pointed.token]) ?? "";
  const probability = Math.exp(explanation.target[pointed.token]?.logProbability ?? 0);
  const how = t("attends.how", alignmentLayer(explanation) + 1, explanation.cross.weights.length, explanation.cross.weights[0]?.length ?? 0);
  return html`<p class="translate-attends"><span>${fromTarget ? t("attends.token", name(token), percent(probability), parts) : t("attends.source", name(token), parts)}</span>
    <span class="hint">${how}</span></p>`;
}
