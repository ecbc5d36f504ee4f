// @ts-check
/** The earlier translations of this browser tab, to open again. */
import { html } from "lit-html";
import { htmlLang, scriptOf } from "../../parts/text.js";

/**
 * @param {object} card
 * @param {import("../../i18n.js").Translate} card.t
 * @param {import("./history.js").Entry[]} card.entries
 * @param {(entry: import("./history.js").Entry) => void} card.onOpen
 * @param {() => void} card.onClear
 */
export function historyCard({ t, entries, onOpen, onClear }) {
  return html`<section class="card translate-history">
    <header class="translate-cardhead"><h2>${t("history.title")}</h2>
      <button type="button" class="quiet" @click=${onClear}>${t("history.clear")}</button></header>
    <ul>${entries.map((entry) => html`<li>
      <button type="button" aria-label=${t("history.open", entry.text)} @click=${() => onOpen(entry)}>
        <span lang=${htmlLang(scriptOf(entry.text))}>${entry.text}</span><span class="muted" lang=${htmlLang(scriptOf(entry.translation))}>${entry.translation}</span>
      </button></li>`)}</ul>
  </section>`;
}
