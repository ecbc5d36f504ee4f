// @ts-check
/** The n-best list of a translation, loaded when it is opened. */
import { html, nothing } from "lit-html";
import { number } from "../../i18n.js";
import { loading, problemState } from "../../parts/states.js";
import { htmlLang } from "../../parts/text.js";

/** @typedef {{source: string, note?: string, alternatives: {text: string, score: number}[]}} NbestLine */

export const NBEST = 5;

export class NbestCard {
  /** @param {import("../../app.js").Context} context @param {() => void} redraw */
  constructor(context, redraw) {
    this.context = context;
    this.redraw = redraw;
    this.open = context.params.get("nbest") !== null;
    /** @type {NbestLine[] | "loading" | undefined} */
    this.lines = undefined;
    /** @type {unknown} */
    this.problem = undefined;
  }

  /** Forgets the list of the text before. */
  clear() {
    this.lines = undefined;
    this.problem = undefined;
  }

  /** @param {import("../../api.js").Model} model @param {string} text @param {AbortSignal} signal */
  async load(model, text, signal) {
    this.lines = "loading";
    this.problem = undefined;
    this.redraw();
    try {
      const body = { model: model.id, text, nbest: NBEST, beam: Math.max(NBEST, model.beamSize) };
      const answer = await this.context.api.post("/translate", body, { signal });
      this.lines = /** @type {NbestLine[]} */ (answer.lines);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      this.lines = undefined;
      this.problem = error;
    }
    this.redraw();
  }

  /** @param {{source: string, target: string}} pair languages @param {() => void} onOpen loads the list */
  template(pair, onOpen) {
    const { t } = this.context;
    const { lines } = this;
    const filled = Array.isArray(lines) ? lines.filter(({ note, alternatives }) => !note && alternatives[0]?.text) : [];
    return html`<section class="card translate-nbest">
      <header class="translate-cardhead"><h2>${t("nbest.title")}</h2><p class="hint">${t("nbest.lead")}</p></header>
      ${this.open ? nothing : html`<button type="button" @click=${onOpen}>${t("nbest.show")}</button>`}
      ${this.open && lines === "loading" ? loading(t) : nothing}
      ${this.problem ? problemState(t, this.problem, onOpen) : nothing}
      ${filled.map((line) => this.line(line, pair, Array.isArray(lines) && lines.length > 1))}
    </section>`;
  }

  /** @param {NbestLine} line @param {{source: string, target: string}} pair @param {boolean} headed */
  line({ source, alternatives }, pair, headed) {
    const { t } = this.context;
    const scores = alternatives.map(({ score }) => score);
    const low = Math.min(...scores);
    const span = Math.max(...scores) - low || 1;
    return html`${headed ? html`<h3 lang=${htmlLang(pair.source)}>${source}</h3>` : nothing}
      <ol class="nbest">${alternatives.map(({ text, score }) => html`<li>
        <span lang=${htmlLang(pair.target)}>${text}</span>
        <svg class="nbest-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width=${12 + (88 * (score - low)) / span} height="6" rx="1"></rect></svg>
        <span class="number" title=${t("nbest.score")}>${number(score, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).replace("-", "−")}</span>
      </li>`)}</ol>`;
  }
}
