// @ts-check
/** What stands in for content: loading, empty, failed. */
import { html, nothing } from "lit-html";
import { Problem } from "../api.js";

/** @typedef {import("../i18n.js").Translate} Translate */

/**
 * Grey lines in the place of content that is on its way.
 *
 * @param {Translate} t
 * @param {{lines?: number}} [options]
 */
export function loading(t, { lines = 3 } = {}) {
  return html`<div class="state-loading" role="status">
    <span class="visually-hidden">${t("state.loading")}</span>
    ${Array.from({ length: lines }, () => html`<div class="skeleton" aria-hidden="true"></div>`)}
  </div>`;
}

/**
 * @param {{title: string, text?: string, action?: unknown, main?: boolean}} content `main`: the page has no other title
 */
export function empty({ title, text, action, main = false }) {
  return html`<div class="state-empty">
    <svg class="state-mark" viewBox="0 0 64 40" aria-hidden="true">
      <path d="M4 34C16 14 24 8 32 8s16 6 28 26"></path><path d="M20 34a12 12 0 0 1 24 0"></path>
    </svg>
    ${main ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
    ${text ? html`<p>${text}</p>` : nothing} ${action ?? nothing}
  </div>`;
}

/**
 * A failure in one sentence, with a button that tries again.
 *
 * @param {Translate} t
 * @param {unknown} error
 * @param {() => unknown} [retry]
 * @param {{title?: string}} [options] the title of a page that has no other
 */
export function problemState(t, error, retry, { title } = {}) {
  return html`<div class="state-problem" role="alert">
    <div>
      ${title ? html`<h1>${title}</h1>` : nothing}
      <p>${sentenceOf(t, error)}</p>
    </div>
    ${retry ? html`<button type="button" @click=${retry}>${t("state.retry")}</button>` : nothing}
  </div>`;
}

/**
 * @param {Translate} t
 * @param {unknown} error
 */
export function sentenceOf(t, error) {
  if (error instanceof Problem) {
    if (error.status === 0) {
      return t("state.network");
    }
    return error.retryAfter ? t("state.busy", error.retryAfter) : error.message;
  }
  if (error instanceof TypeError && /module/.test(error.message)) {
    return t("state.network"); // a script of the page did not come
  }
  return t("state.unexpected", error instanceof Error ? error.message : String(error));
}
