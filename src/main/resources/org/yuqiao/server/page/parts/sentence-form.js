// @ts-check
/** The field for a sentence, with examples and a button. */
import { html, nothing } from "lit-html";
import { EXAMPLES } from "./examples.js";
import { htmlLang, scriptOf } from "./text.js";

/**
 * @typedef {object} SentenceForm
 * @property {import("../i18n.js").Translate} t
 * @property {string} text
 * @property {(text: string) => void} onText each change
 * @property {(text: string) => void} onRun the button, Ctrl + Enter, or an example
 * @property {() => void} [onCancel] shown in place of the button while busy
 * @property {boolean} [busy]
 * @property {string} [label]
 * @property {string} [runLabel]
 * @property {string} [placeholder]
 * @property {string[]} [languages] of the examples; both unless given
 * @property {number} [rows]
 * @property {unknown} [controls] beside the button, such as a model picker
 */

/** @param {SentenceForm} form */
export function sentenceForm(form) {
  const { t, text, onText, onRun, onCancel, busy = false, label = t("form.text"), rows = 2 } = form;
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun(/** @type {HTMLTextAreaElement} */ (event.target).value);
    } else if (event.key === "Escape" && busy) {
      onCancel?.();
    }
  };
  const examples = (form.languages ?? ["zh", "en"]).flatMap((language) => EXAMPLES[language] ?? []);
  return html`<form class="sentence-form" @submit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    onRun(text);
  }}>
    <label class="field">
      <span class="field-label">${label}</span>
      <textarea rows=${rows} .value=${text} placeholder=${form.placeholder ?? nothing} lang=${htmlLang(scriptOf(text))}
        spellcheck="false" aria-keyshortcuts="Control+Enter" @keydown=${keys}
        @input=${(/** @type {Event} */ event) => onText(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea>
    </label>
    <div class="sentence-actions">
      ${form.controls ?? nothing}
      <span class="sentence-run">
        <kbd class="hint">${t("form.keys")}</kbd>
        ${busy && onCancel
          ? html`<button type="button" @click=${onCancel}>${t("form.cancel")}</button>`
          : html`<button type="submit" class="primary" ?disabled=${!text.trim()}>${form.runLabel ?? t("form.run")}</button>`}
      </span>
    </div>
    ${examples.length > 0 ? exampleList(t, examples, onRun) : nothing}
  </form>`;
}

/** @param {import("../i18n.js").Translate} t @param {string[]} examples @param {(text: string) => void} onRun */
export function exampleList(t, examples, onRun) {
  return html`<div class="examples" role="group" aria-label=${t("form.examples")}>
    <span class="examples-label" aria-hidden="true">${t("form.examples")}</span>
    ${examples.map((example) => html`<button type="button" class="chip" lang=${htmlLang(scriptOf(example))}
      @click=${() => onRun(example)}>${example}</button>`)}
  </div>`;
}
