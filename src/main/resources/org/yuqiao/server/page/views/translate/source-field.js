// @ts-check
/** The text field, with light behind the source tokens that are attended to. */
import { html } from "lit-html";
import { htmlLang, scriptOf } from "../../parts/text.js";

/** @typedef {{from: number, to: number, weight: number}} Light */

/**
 * @param {object} field
 * @param {string} field.text
 * @param {Light[]} field.lights by growing place
 * @param {import("../../i18n.js").Translate} field.t
 * @param {(text: string) => void} field.onText
 * @param {() => void} field.onRun
 * @param {() => void} field.onEscape
 */
export function sourceField({ text, lights, t, onText, onRun, onEscape }) {
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === "Escape") {
      onEscape();
    }
  };
  return html`<div class="translate-source" lang=${htmlLang(scriptOf(text))}>
    <div class="translate-lights" aria-hidden="true">${pieces(text, lights)}<br></div>
    <textarea id="translate-text" aria-label=${t("source.label")} aria-keyshortcuts="Control+Enter" spellcheck="false"
      placeholder=${t("source.placeholder")} .value=${text} @keydown=${keys}
      @input=${(/** @type {Event} */ event) => onText(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea>
  </div>`;
}

/** @param {string} text @param {Light[]} lights */
function pieces(text, lights) {
  /** @type {unknown[]} */
  const parts = [];
  let at = 0;
  for (const { from, to, weight } of lights) {
    if (from >= at) {
      parts.push(text.slice(at, from), html`<mark .style=${`--weight:${weight.toFixed(3)}`}>${text.slice(from, to)}</mark>`);
      at = to;
    }
  }
  parts.push(text.slice(at));
  return parts;
}
