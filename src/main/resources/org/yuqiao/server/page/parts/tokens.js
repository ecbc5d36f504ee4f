// @ts-check
/** A sentence as its tokens, readable as words, each colored by its probability. */
import { html, nothing } from "lit-html";
import { percent } from "../i18n.js";
import { bare, continuesWord, htmlLang, isSpecial, startsWord } from "./text.js";

/** @typedef {{token: string, probability?: number}} Token */

/** Lower bounds of the classes of probability 1, 2, 3. */
const BOUNDS = [0.3, 0.6, 0.9];

/** The class of a probability, 0 (a guess) to 3 (sure). @param {number} probability */
export function confidenceClass(probability) {
  return BOUNDS.filter((bound) => probability >= bound).length;
}

/**
 * @typedef {object} TokenLine
 * @property {Token[]} tokens
 * @property {string} label for screen readers
 * @property {string} [language] `zh` or `en`
 * @property {import("../i18n.js").Translate} t
 * @property {boolean} [confidence] color by probability
 * @property {boolean} [showEnd] also `<eos>`
 * @property {boolean} [written] special tokens as they are written, such as `<eos>`
 * @property {readonly number[]} [weights] a weight per token, 0 to 1, shown as light
 * @property {ReadonlySet<number>} [marked] tokens with a frame, such as those that differ
 * @property {number | null} [current] the token that is pointed at
 * @property {number | null} [pinned]
 * @property {(index: number | null) => void} [onPoint] makes tokens focusable: pointed at, or left
 * @property {(index: number) => void} [onPick] clicked or Enter
 * @property {"source" | "target"} [side]
 */

/** @param {TokenLine} line */
export function tokenLine(line) {
  const { tokens, label, language = "", onPoint, showEnd = false } = line;
  const texts = tokens.map(({ token }) => token);
  const shown = tokens.map((_, index) => index).filter((index) => showEnd || !isSpecial(texts[index] ?? ""));
  const tab = line.current !== null && line.current !== undefined && shown.includes(line.current) ? line.current : shown[0];
  return html`<div class="tokens ${line.side ?? ""}" role=${onPoint ? "group" : "img"} lang=${language ? htmlLang(language) : nothing}
    aria-label=${onPoint ? label : `${label}: ${shown.map((i) => bare(texts[i] ?? "")).join(" ")}`}
    @keydown=${onPoint ? moveFocus : nothing}
    @pointerleave=${onPoint ? () => onPoint(null) : nothing}>${shown.map((index) => oneToken(line, texts, index, index === tab))}</div>`;
}

/**
 * @param {TokenLine} line
 * @param {string[]} texts
 * @param {number} index
 * @param {boolean} tab whether Tab reaches it
 */
function oneToken(line, texts, index, tab) {
  const { tokens, onPoint, onPick, weights, written = false, t } = line;
  const { token, probability } = /** @type {Token} */ (tokens[index]);
  const special = isSpecial(token);
  const text = special && !written ? t("token.end") : bare(token);
  const classes = [
    "token",
    special ? (written ? "written" : "special") : "",
    continuesWord(texts, index) ? "continues" : "",
    line.confidence && probability !== undefined && !special ? `sure-${confidenceClass(probability)}` : "",
    line.marked?.has(index) ? "marked" : "",
    line.current === index ? "current" : "",
    line.pinned === index ? "pinned" : "",
    weights ? "weighed" : "",
  ];
  const name = probability === undefined ? text : t("token.label", text, percent(probability));
  const light = `--weight:${weights ? Math.min(1, weights[index] ?? 0).toFixed(3) : "0"}`;
  const space = startsWord(token) && index > 0 ? " " : "";
  if (!onPoint) {
    return html`${space}<span class=${classes.join(" ")} .style=${light}>${text}</span>`;
  }
  return html`${space}<button type="button" class=${classes.join(" ")} .style=${light} tabindex=${tab ? 0 : -1}
    aria-label=${name} aria-pressed=${onPick ? line.pinned === index : nothing} data-index=${index}
    @pointerenter=${() => onPoint(index)} @focus=${() => onPoint(index)} @blur=${() => onPoint(null)}
    @click=${() => onPick?.(index)}>${text}</button>`;
}

/** Arrow keys, Home and End go from token to token. @param {KeyboardEvent} event */
function moveFocus(event) {
  const group = /** @type {HTMLElement} */ (event.currentTarget);
  const buttons = [...group.querySelectorAll("button")];
  const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to !== undefined && buttons[to]) {
    event.preventDefault();
    buttons[to].focus();
  }
}

/** What the colors of probability mean. @param {import("../i18n.js").Translate} t */
export function confidenceLegend(t) {
  return html`<dl class="confidence-legend">
    <dt>${t("confidence.title")}</dt>
    ${[3, 2, 1, 0].map((grade) => html`<dd><span class="token sure-${grade}" aria-hidden="true">abc</span> ${t(`confidence.${grade}`)}</dd>`)}
  </dl>`;
}
