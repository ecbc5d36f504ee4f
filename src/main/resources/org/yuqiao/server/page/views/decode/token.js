// @ts-check
import { number } from "../../i18n.js";
import { labels } from "../../parts/text.js";

/** A token as a reader sees it after the one before it: `-ing` continues a word. @param {string} before @param {string} token */
export function tokenAfter(before, token) {
  return labels([before, token])[1] ?? token;
}

/** A probability as per cent with one decimal. @param {number} probability */
export function percent(probability) {
  const tiny = probability > 0 && probability < 0.0005;
  const digits = probability === 0 ? 0 : 1;
  const text = number(tiny ? 0.001 : probability, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits });
  return tiny ? `< ${text}` : text;
}

/** A number with two decimals and a true minus sign. @param {number} value */
export function minus(value) {
  return value.toFixed(2).replace("-", "−");
}
