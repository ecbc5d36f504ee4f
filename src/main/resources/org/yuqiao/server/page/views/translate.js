// @ts-check
import { html, nothing, render } from "lit-html";
import { isAbort } from "../api.js";
import { number } from "../i18n.js";
import { checkbox, viewHead } from "../parts/controls.js";
import { modelFor } from "../parts/model-picker.js";
import { exampleList } from "../parts/sentence-form.js";
import { EXAMPLES } from "../parts/examples.js";
import { empty, problemState } from "../parts/states.js";
import { languages, scriptOf } from "../parts/text.js";
import { confidenceLegend } from "../parts/tokens.js";
import { attendsLine } from "./translate/attends-line.js";
import { historyCard } from "./translate/history-card.js";
import { entries, forget, remember } from "./translate/history.js";
import { languageChoice } from "./translate/language-choice.js";
import { NBEST, NbestCard } from "./translate/nbest-card.js";
import { outputPane } from "./translate/output-pane.js";
import { Pointing } from "./translate/pointing.js";
import { sentenceRow } from "./translate/sentence-row.js";
import { isBlank, nothingYet, take, wholeText } from "./translate/sentences.js";
import { sourceField } from "./translate/source-field.js";

/** @typedef {import("../app.js").Context} Context */
/** @typedef {import("./translate/pointing.js").Pointed} Pointed */

const TYPING_PAUSE = 600;
const LIVE_MAX = 400;
const ADDRESS_MAX = 1500;
const ROWS = 5;

class TranslateView {
  /** @param {HTMLElement} host @param {Context} context */
  constructor(host, context) {
    this.host = host;
    this.context = context;
    this.text = context.params.get("text") ?? "";
    this.chosen = context.params.get("model") ?? "";
    this.live = true;
    this.arriving = nothingYet();
    this.running = false;
    /** @type {string} the text that was translated last */
    this.translated = "";
    /** @type {unknown} */
    this.problem = undefined;
    this.pointing = new Pointing(context.api, () => this.draw());
    this.nbest = new NbestCard(context, () => this.draw());
    this.copied = false;
    this.allRows = false;
    this.aborting = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.typing = undefined;
    this.frame = 0;
    this.endLang = context.onLang(() => this.draw());
    this.draw();
    if (this.text.trim()) {
      void this.run({ spoken: false });
    } else if (matchMedia("(hover: hover)").matches) {
      host.querySelector("textarea")?.focus();
    }
  }

  dispose() {
    this.aborting.abort();
    clearTimeout(this.typing);
    cancelAnimationFrame(this.frame);
    this.endLang();
  }

  get model() {
    return modelFor(this.context.models, this.chosen, this.text);
  }

  /** The languages of the translation that is shown, else of the text that is typed. */
  get pair() {
    const shown = this.context.models.find(({ id }) => id === this.arriving.model) ?? this.model;
    return languages(shown?.direction ?? "");
  }

  get spaced() {
    return this.pair.target !== "zh";
  }

  get output() {
    return this.arriving.text ?? wholeText(this.arriving, this.spaced);
  }

  /** Draws in the next frame, however many events arrive before it. */
  soon() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  /** @param {{spoken: boolean}} options whether a screen reader is told each sentence */
  async run({ spoken }) {
    clearTimeout(this.typing);
    this.aborting.abort();
    const { text, model } = this;
    this.setAddress();
    this.pointing.clear();
    this.nbest.clear();
    this.problem = undefined;
    this.allRows = false;
    this.arriving = nothingYet();
    this.translated = text;
    if (!text.trim() || !model) {
      this.running = false;
      this.draw();
      return;
    }
    const aborting = new AbortController();
    this.aborting = aborting;
    const { arriving } = this;
    this.running = true;
    this.soon();
    try {
      const body = { model: model.id, text };
      for await (const message of this.context.api.events("/translate/stream", { body, signal: aborting.signal })) {
        take(arriving, message);
        if (spoken && message.event === "sentence") {
          this.context.announce(message.data.text);
        }
        this.soon();
      }
      arriving.text ??= wholeText(arriving, this.spaced);
      remember({ text, translation: this.output, model: arriving.model, chosen: this.chosen });
    } catch (error) {
      if (aborting.signal.aborted || isAbort(error)) {
        return;
      }
      this.problem = error;
    }
    this.running = false;
    this.draw();
    if (!this.problem) {
      this.afterwards();
    }
  }

  /** What follows a translation: attention of the first sentences, the n-best list if it is open. */
  afterwards() {
    this.arriving.sentences.slice(0, ROWS).forEach((_, index) => void this.explain(index));
    if (this.nbest.open) {
      void this.loadNbest();
    }
  }

  cancel() {
    if (this.running) {
      this.aborting.abort();
      this.running = false;
      this.context.announce(this.context.t("stopped"));
      this.draw();
    }
  }

  setAddress() {
    const text = this.text.length <= ADDRESS_MAX ? this.text : null;
    const { params, setParams } = this.context;
    const other = text !== params.get("text") && { sentence: null };
    setParams({ text, model: this.chosen, nbest: this.nbest.open ? NBEST : null, ...other }, { replace: true });
  }

  /** @param {number} index of a sentence */
  explain(index) {
    return this.pointing.explain(index, this.arriving.sentences[index], this.arriving.model, this.aborting.signal);
  }

  loadNbest() {
    const { model, translated } = this;
    return model && translated.trim() ? this.nbest.load(model, translated, this.aborting.signal) : undefined;
  }

  /** @param {string} text */
  onText(text) {
    this.text = text;
    this.pointing.move(null);
    clearTimeout(this.typing);
    if (this.live && text.length <= LIVE_MAX && text.trim() !== this.translated.trim()) {
      this.typing = setTimeout(() => void this.run({ spoken: false }), TYPING_PAUSE);
    }
    this.draw();
  }

  /** @param {string} text @param {string} [chosen] a model */
  start(text, chosen = this.chosen) {
    const model = this.context.models.find(({ id }) => id === chosen);
    this.chosen = model && languages(model.direction).source === scriptOf(text) ? chosen : "";
    this.text = text;
    void this.run({ spoken: true });
  }

  /** @param {string} language of the source; "" to detect it */
  chooseLanguage(language) {
    const found = this.context.models.find(({ direction }) => languages(direction).source === language);
    this.chosen = found?.id ?? "";
    void this.run({ spoken: true });
  }

  /** @param {Pointed | null} at */
  point(at) {
    if (this.pointing.move(at)) {
      if (at) {
        void this.explain(at.sentence);
      }
      this.draw();
    }
  }

  async copy() {
    await navigator.clipboard.writeText(this.output);
    this.copied = true;
    this.context.announce(this.context.t("copied"));
    this.draw();
    setTimeout(() => {
      this.copied = false;
      this.draw();
    }, 1500);
  }

  draw() {
    render(this.template(), this.host);
  }

  template() {
    const { t, models } = this.context;
    const { pointing } = this;
    if (models.length === 0) {
      return empty({ title: t("state.noModels"), text: t("state.noModels.text"), main: true });
    }
    const earlier = entries().filter(({ text }) => text !== this.translated);
    return html`
      ${viewHead({ title: t("title"), lead: t("lead") })}
      <section class="translate-panes">
        <div class="translate-pane">
          <div class="translate-bar">${languageChoice({
            t,
            models,
            chosen: this.chosen,
            used: this.model,
            detected: this.text.trim() ? this.pair.source : "",
            onLanguage: (language) => this.chooseLanguage(language),
            onModel: (id) => this.chooseModel(id),
          })}</div>
          ${sourceField({
            text: this.text,
            lights: this.text === this.translated ? pointing.lights(this.text, this.arriving.sentences) : [],
            t,
            onText: (text) => this.onText(text),
            onRun: () => void this.run({ spoken: true }),
            onEscape: () => this.cancel(),
          })}
          <div class="translate-foot">
            ${checkbox({ label: t("live"), checked: this.live, onChange: (on) => (this.live = on) })}
            <span class="translate-buttons">
              ${this.text ? html`<button type="button" class="quiet" @click=${() => this.clear()}>${t("clear")}</button>` : nothing}
              ${this.running
                ? html`<button type="button" @click=${() => this.cancel()}>${t("form.cancel")}</button>`
                : html`<button type="button" class="primary" title=${t("form.keys")} ?disabled=${!this.text.trim()}
                    @click=${() => void this.run({ spoken: true })}>${t("run")}</button>`}
            </span>
          </div>
        </div>
        <div class="translate-pane target">
          <div class="translate-bar">
            <h2>${t(`language.${this.pair.target}`)}</h2>
            <button type="button" class="quiet" ?disabled=${!this.output || this.running} @click=${() => this.start(this.output, "")}>
              <span aria-hidden="true">⇄</span> ${t("swap")}</button>
          </div>
          ${outputPane({
            t,
            arriving: this.arriving,
            running: this.running,
            pair: this.pair,
            spaced: this.spaced,
            pointing,
            onPoint: (at) => this.point(at),
          })}
          <div class="translate-foot">
            <span class="hint number">${this.progress()}</span>
            <span class="translate-buttons">
              <button type="button" class="quiet" ?disabled=${!this.output} @click=${() => void this.copy()}>
                ${this.copied ? t("copied") : t("copy")}</button>
            </span>
          </div>
        </div>
      </section>
      ${this.problem ? problemState(t, this.problem, () => this.run({ spoken: true })) : nothing}
      <div class="translate-under">
        ${confidenceLegend(t)}
        ${attendsLine({ t, pointed: pointing.at, explanation: pointing.explanation, weights: pointing.weights, idle: this.arriving.text !== undefined })}
      </div>
      ${this.text.trim() ? nothing : exampleList(t, [...(EXAMPLES.zh ?? []), ...(EXAMPLES.en ?? [])], (text) => this.start(text, ""))}
      <p class="visually-hidden">${t("keys")}</p>
      ${this.sentenceRows()}
      ${this.arriving.text !== undefined && this.output ? this.nbest.template(this.pair, () => this.openNbest()) : nothing}
      ${earlier.length > 0 ? historyCard({ t, entries: earlier, onOpen: ({ text, chosen }) => this.start(text, chosen), onClear: () => this.forgetHistory() }) : nothing}
    `;
  }

  forgetHistory() {
    forget();
    this.draw();
  }

  clear() {
    this.text = "";
    this.cancel();
    void this.run({ spoken: false });
    this.host.querySelector("textarea")?.focus();
  }

  /** @param {string} id of a model */
  chooseModel(id) {
    this.chosen = id;
    void this.run({ spoken: true });
  }

  progress() {
    const { t } = this.context;
    const { arriving } = this;
    if (this.running) {
      const done = arriving.sentences.filter((sentence) => sentence?.done).length;
      return arriving.expected > 1 ? t("working", Math.min(done + 1, arriving.expected), arriving.expected) : t("state.loading");
    }
    return arriving.seconds === undefined ? "" : `${arriving.model} · ${t("seconds", number(arriving.seconds, { maximumFractionDigits: 2 }))}`;
  }

  sentenceRows() {
    const { t } = this.context;
    const rows = [...this.arriving.sentences.entries()].filter(([, sentence]) => sentence?.done && !sentence.note && !isBlank(sentence));
    if (rows.length === 0 || this.arriving.text === undefined) {
      return nothing;
    }
    const shown = this.allRows ? rows : rows.slice(0, ROWS);
    return html`<section class="card translate-sentences">
      <header class="translate-cardhead"><h2>${t("sentences.title")}</h2><p class="hint">${t("sentences.lead")}</p></header>
      <ol>${shown.map(([index, sentence]) => sentenceRow({
        context: this.context,
        sentence,
        index,
        model: this.chosen || this.arriving.model,
        pair: this.pair,
        explanation: this.pointing.explanations.get(index),
        weights: this.pointing.weightsOf(index, "source"),
        current: this.pointing.tokenOf(index, "source"),
        onPoint: (token) => this.point(token === null ? null : { sentence: index, side: "source", token }),
      }))}</ol>
      ${shown.length < rows.length
        ? html`<button type="button" class="quiet" @click=${() => this.showAll()}>${t("sentences.more", rows.length)}</button>`
        : nothing}
    </section>`;
  }

  showAll() {
    this.allRows = true;
    this.arriving.sentences.forEach((_, index) => void this.explain(index));
    this.draw();
  }

  openNbest() {
    this.nbest.open = true;
    this.setAddress();
    void this.loadNbest();
  }
}

export default {
  id: "translate",
  /** @param {HTMLElement} host @param {Context} context */
  mount(host, context) {
    const view = new TranslateView(host, context);
    return () => view.dispose();
  },
};
