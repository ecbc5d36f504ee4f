// @ts-check
import { html, nothing, render } from "lit-html";
import { isAbort } from "../api.js";
import { number, percent } from "../i18n.js";
import { checkbox, segmented, select, viewHead } from "../parts/controls.js";
import { modelFor } from "../parts/model-picker.js";
import { exampleList } from "../parts/sentence-form.js";
import { EXAMPLES } from "../parts/examples.js";
import { empty, loading, problemState } from "../parts/states.js";
import { bare, htmlLang, isSpecial, languages, scriptOf } from "../parts/text.js";
import { confidenceLegend, tokenLine } from "../parts/tokens.js";
import { alignmentLayer, attended, beginnings, lit, placesOf } from "./translate/attended.js";
import { entries, forget, remember } from "./translate/history.js";
import { gapBefore, nothingYet, ofLine, perplexity, take, wholeText } from "./translate/sentences.js";
import { sourceField } from "./translate/source-field.js";

/** @typedef {import("../app.js").Context} Context */
/** @typedef {import("../api.js").Explanation} Explanation */
/** @typedef {{sentence: number, side: "source" | "target", token: number}} Pointed */
/** @typedef {{source: string, alternatives: {text: string, score: number}[]}} NbestLine */

const TYPING_PAUSE = 600;
const LIVE_MAX = 400;
const ADDRESS_MAX = 1500;
const NBEST = 5;
const ROWS = 5;

class TranslateView {
  /** @param {HTMLElement} host @param {Context} context */
  constructor(host, context) {
    this.host = host;
    this.context = context;
    this.text = context.params.get("text") ?? "";
    this.chosen = context.params.get("model") ?? "";
    this.nbestOpen = context.params.get("nbest") !== null;
    this.live = true;
    this.arriving = nothingYet();
    this.running = false;
    /** @type {string} the text that was translated last */
    this.translated = "";
    /** @type {unknown} */
    this.problem = undefined;
    /** @type {Pointed | null} */
    this.pointed = null;
    /** @type {Map<number, Explanation | "loading" | "none">} */
    this.explanations = new Map();
    /** @type {NbestLine[] | "loading" | undefined} */
    this.nbest = undefined;
    /** @type {unknown} */
    this.nbestProblem = undefined;
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
    this.explanations.clear();
    this.pointed = null;
    this.nbest = undefined;
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
    if (this.nbestOpen) {
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
    setParams({ text, model: this.chosen, nbest: this.nbestOpen ? NBEST : null, ...other }, { replace: true });
  }

  /** @param {number} index of a sentence */
  async explain(index) {
    const sentence = this.arriving.sentences[index];
    if (!sentence?.done || sentence.note || this.explanations.has(index)) {
      return;
    }
    const { explanations } = this;
    const { signal } = this.aborting;
    explanations.set(index, "loading");
    try {
      const body = { model: this.arriving.model, text: sentence.source };
      const answer = await this.context.api.post("/explain", body, { signal });
      const found = /** @type {Explanation[]} */ (answer.sentences);
      explanations.set(index, found.length === 1 && found[0] ? found[0] : "none");
    } catch {
      explanations.set(index, "none");
    }
    if (!signal.aborted) {
      this.draw();
    }
  }

  async loadNbest() {
    const { model, translated } = this;
    if (!model || !translated.trim()) {
      return;
    }
    const { signal } = this.aborting;
    this.nbest = "loading";
    this.nbestProblem = undefined;
    this.draw();
    try {
      const body = { model: model.id, text: translated, nbest: NBEST, beam: Math.max(NBEST, model.beamSize) };
      const answer = await this.context.api.post("/translate", body, { signal });
      this.nbest = /** @type {NbestLine[]} */ (answer.lines);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      this.nbest = undefined;
      this.nbestProblem = error;
    }
    this.draw();
  }

  /** @param {string} text */
  onText(text) {
    this.text = text;
    this.pointed = null;
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

  /** @param {Pointed | null} pointed */
  point(pointed) {
    const same = pointed?.sentence === this.pointed?.sentence && pointed?.token === this.pointed?.token && pointed?.side === this.pointed?.side;
    if (!same) {
      this.pointed = pointed;
      if (pointed) {
        void this.explain(pointed.sentence);
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

  /** The weights that light up tokens of a side of a sentence. @param {number} sentence @param {"source" | "target"} side */
  weightsOf(sentence, side) {
    const { pointed } = this;
    const explanation = this.explanations.get(sentence);
    if (!pointed || pointed.sentence !== sentence || pointed.side === side || typeof explanation !== "object") {
      return undefined;
    }
    const matrix = attended(explanation);
    return side === "source" ? matrix[pointed.token] : matrix.map((row) => row[pointed.token] ?? 0);
  }

  /** Light behind the text field for the token that is pointed at. */
  lights() {
    const { pointed, text, translated } = this;
    const explanation = pointed ? this.explanations.get(pointed.sentence) : undefined;
    if (!pointed || text !== translated || typeof explanation !== "object") {
      return [];
    }
    const from = beginnings(text, this.arriving.sentences)[pointed.sentence] ?? -1;
    const weights = pointed.side === "source"
      ? explanation.source.map((_, index) => (index === pointed.token ? 1 : 0))
      : lit(this.weightsOf(pointed.sentence, "source") ?? []);
    const places = from < 0 ? [] : placesOf(text, from, explanation.source);
    return places.flatMap((place, index) => (place && weights[index] ? [{ from: place[0], to: place[1], weight: weights[index] }] : []));
  }

  draw() {
    render(this.template(), this.host);
  }

  template() {
    const { t, models } = this.context;
    if (models.length === 0) {
      return empty({ title: t("state.noModels"), text: t("state.noModels.text"), main: true });
    }
    return html`
      ${viewHead({ title: t("title"), lead: t("lead") })}
      <section class="translate-panes">
        <div class="translate-pane">
          <div class="translate-bar">${this.languageChoice()}</div>
          ${sourceField({
            text: this.text,
            lights: this.lights(),
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
          ${this.outputPane()}
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
        ${this.attendsLine()}
      </div>
      ${this.text.trim() ? nothing : exampleList(t, [...(EXAMPLES.zh ?? []), ...(EXAMPLES.en ?? [])], (text) => this.start(text, ""))}
      <p class="visually-hidden">${t("keys")}</p>
      ${this.sentenceRows()} ${this.nbestCard()} ${this.historyCard()}
    `;
  }

  clear() {
    this.text = "";
    this.cancel();
    void this.run({ spoken: false });
    this.host.querySelector("textarea")?.focus();
  }

  languageChoice() {
    const { t, models } = this.context;
    const chosen = models.find(({ id }) => id === this.chosen);
    const sources = [...new Set(models.map(({ direction }) => languages(direction).source))];
    const detected = this.text.trim() ? t("source.detected", t(`language.${this.pair.source}`)) : t("source.detect");
    const rivals = models.filter(({ direction }) => direction === this.model?.direction);
    return html`${segmented({
      label: t("source.language"),
      value: chosen ? languages(chosen.direction).source : "",
      options: [{ value: "", label: chosen ? t("source.detect") : detected }, ...sources.map((value) => ({ value, label: t(`language.${value}`) }))],
      onChange: (language) => this.chooseLanguage(language),
    })}
    ${rivals.length > 1
      ? html`<div class="translate-model">${select({
          label: t("model.label"),
          value: this.model?.id ?? "",
          options: rivals.map(({ id, name }) => ({ value: id, label: name })),
          onChange: (id) => {
            this.chosen = id;
            void this.run({ spoken: true });
          },
        })}</div>`
      : nothing}`;
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

  outputPane() {
    const { t } = this.context;
    const { arriving } = this;
    const lines = Array.from({ length: arriving.lines }, (_, line) => line);
    const waiting = this.running && arriving.sentences.length === 0;
    return html`<div class="translate-output ${this.running ? "running" : ""}" role="region" aria-label=${t("target.label")}
      aria-busy=${this.running} lang=${htmlLang(this.pair.target)}>
      ${waiting ? loading(t, { lines: 2 }) : nothing}
      ${!waiting && lines.length === 0 ? html`<p class="muted">${t("target.empty")}</p>` : nothing}
      ${lines.map((line) => this.outputLine(line))}
    </div>`;
  }

  /** @param {number} line */
  outputLine(line) {
    const sentences = ofLine(this.arriving, line);
    return html`<div class="translate-line">${sentences.length === 0 ? html`<br>` : nothing}${sentences.map(([index, sentence], place) => html`${gapBefore(sentence, place === 0, this.spaced)}${sentence.note ? this.noted(sentence) : this.targetTokens(index)}`)}</div>`;
  }

  /** @param {import("./translate/sentences.js").Sentence} sentence */
  noted({ text, note = "" }) {
    const { t } = this.context;
    return html`<span class="translate-copied">${text}</span> <span class="translate-note">${t(`note.${note}`, t(`language.${this.pair.source}`))}</span>`;
  }

  /** @param {number} index of a sentence */
  targetTokens(index) {
    const sentence = this.arriving.sentences[index];
    const { pointed } = this;
    const here = pointed?.sentence === index;
    const weights = this.weightsOf(index, "target");
    return tokenLine({
      t: this.context.t,
      tokens: sentence?.tokens ?? [],
      label: this.context.t("tokens.label", index + 1),
      side: "target",
      confidence: true,
      current: here && pointed.side === "target" ? pointed.token : null,
      ...(weights && { weights: lit(weights) }),
      onPoint: (token) => this.point(token === null ? null : { sentence: index, side: "target", token }),
    });
  }

  /** What the token that is pointed at attends to, in words. */
  attendsLine() {
    const { t } = this.context;
    const { pointed } = this;
    const explanation = pointed ? this.explanations.get(pointed.sentence) : undefined;
    if (!pointed || explanation === undefined || explanation === "loading") {
      return html`<p class="translate-attends muted">${pointed ? t("attends.loading") : this.arriving.text ? t("attends.idle") : ""}</p>`;
    }
    if (explanation === "none") {
      return html`<p class="translate-attends muted">${t("attends.none")}</p>`;
    }
    const fromTarget = pointed.side === "target";
    const weights = this.weightsOf(pointed.sentence, fromTarget ? "source" : "target") ?? [];
    const names = fromTarget ? explanation.source : explanation.target.map(({ token }) => token);
    const name = (/** @type {string} */ token) => (isSpecial(token) ? t("token.end") : bare(token));
    const strongest = [...weights.entries()].sort((a, b) => b[1] - a[1]).slice(0, 3).filter(([, weight]) => weight >= 0.02);
    const parts = strongest.map(([index, weight]) => t("attends.part", name(names[index] ?? ""), percent(weight))).join(" · ");
    const token = (fromTarget ? explanation.target[pointed.token]?.token : explanation.source[pointed.token]) ?? "";
    const probability = Math.exp(explanation.target[pointed.token]?.logProbability ?? 0);
    const how = t("attends.how", alignmentLayer(explanation) + 1, explanation.cross.weights.length, explanation.cross.weights[0]?.length ?? 0);
    return html`<p class="translate-attends"><span>${fromTarget ? t("attends.token", name(token), percent(probability), parts) : t("attends.source", name(token), parts)}</span>
      <span class="hint">${how}</span></p>`;
  }

  sentenceRows() {
    const { t } = this.context;
    const rows = [...this.arriving.sentences.entries()].filter(([, sentence]) => sentence?.done && !sentence.note);
    if (rows.length === 0 || this.arriving.text === undefined) {
      return nothing;
    }
    const shown = this.allRows ? rows : rows.slice(0, ROWS);
    return html`<section class="card translate-sentences">
      <header class="translate-cardhead"><h2>${t("sentences.title")}</h2><p class="hint">${t("sentences.lead")}</p></header>
      <ol>${shown.map(([index]) => this.sentenceRow(index))}</ol>
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

  /** @param {number} index */
  sentenceRow(index) {
    const { t, href } = this.context;
    const sentence = /** @type {import("./translate/sentences.js").Sentence} */ (this.arriving.sentences[index]);
    const explanation = this.explanations.get(index);
    const { pointed } = this;
    const weights = this.weightsOf(index, "source");
    const unsure = sentence.tokens
      .filter(({ token }) => !isSpecial(token))
      .reduce((low, token) => ((token.probability ?? 1) <= (low.probability ?? 1) ? token : low), { token: "", probability: 1 });
    const params = { text: sentence.source, model: this.chosen || this.arriving.model };
    return html`<li>
      <div class="translate-tokens">
        ${typeof explanation === "object"
          ? tokenLine({
              t,
              tokens: explanation.source.map((token) => ({ token })),
              label: t("sentences.source", index + 1),
              language: this.pair.source,
              side: "source",
              showEnd: true,
              current: pointed?.sentence === index && pointed.side === "source" ? pointed.token : null,
              ...(weights && { weights: lit(weights) }),
              onPoint: (token) => this.point(token === null ? null : { sentence: index, side: "source", token }),
            })
          : html`<p class="tokens" lang=${htmlLang(this.pair.source)}>${sentence.source}</p>`}
        <p class="muted" lang=${htmlLang(this.pair.target)}>${sentence.text}</p>
      </div>
      <dl class="translate-facts">
        <div title=${t("sentences.perplexity.hint")}><dt>${t("sentences.perplexity")}</dt><dd class="number">${number(perplexity(sentence.tokens) ?? 1, { maximumFractionDigits: 2 })}</dd></div>
        <div><dt>${t("sentences.fewest")}</dt><dd><span lang=${htmlLang(this.pair.target)}>${bare(unsure.token)}</span> ${percent(unsure.probability ?? 1)}</dd></div>
      </dl>
      <p class="translate-links">
        ${["attention", "steps", "decode"].map((view) => html`<a class="button-link" href=${href(view, params)}>${t(`sentences.${view}`)} →</a>`)}
      </p>
    </li>`;
  }

  nbestCard() {
    const { t } = this.context;
    if (this.arriving.text === undefined || !this.output) {
      return nothing;
    }
    const list = this.nbest;
    return html`<section class="card translate-nbest">
      <header class="translate-cardhead"><h2>${t("nbest.title")}</h2><p class="hint">${t("nbest.lead")}</p></header>
      ${this.nbestOpen ? nothing : html`<button type="button" @click=${() => this.openNbest()}>${t("nbest.show")}</button>`}
      ${this.nbestOpen && list === "loading" ? loading(t) : nothing}
      ${this.nbestProblem ? problemState(t, this.nbestProblem, () => this.loadNbest()) : nothing}
      ${Array.isArray(list) ? list.filter(({ alternatives }) => alternatives.length > 0 && alternatives[0]?.text).map((line) => this.nbestLine(line, list.length > 1)) : nothing}
    </section>`;
  }

  /** @param {NbestLine} line @param {boolean} headed */
  nbestLine({ source, alternatives }, headed) {
    const { t } = this.context;
    const scores = alternatives.map(({ score }) => score);
    const low = Math.min(...scores);
    const span = Math.max(...scores) - low || 1;
    return html`${headed ? html`<h3 lang=${htmlLang(this.pair.source)}>${source}</h3>` : nothing}
      <ol class="nbest">${alternatives.map(({ text, score }) => html`<li>
        <span lang=${htmlLang(this.pair.target)}>${text}</span>
        <svg class="nbest-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width=${12 + (88 * (score - low)) / span} height="6" rx="1"></rect></svg>
        <span class="number" title=${t("nbest.score")}>${number(score, { minimumFractionDigits: 3, maximumFractionDigits: 3 })}</span>
      </li>`)}</ol>`;
  }

  openNbest() {
    this.nbestOpen = true;
    this.setAddress();
    void this.loadNbest();
  }

  historyCard() {
    const { t } = this.context;
    const list = entries().filter(({ text }) => text !== this.translated);
    if (list.length === 0) {
      return nothing;
    }
    return html`<section class="card translate-history">
      <header class="translate-cardhead"><h2>${t("history.title")}</h2>
        <button type="button" class="quiet" @click=${() => {
          forget();
          this.draw();
        }}>${t("history.clear")}</button></header>
      <ul>${list.map(({ text, translation, chosen }) => html`<li>
        <button type="button" aria-label=${t("history.open", text)} @click=${() => this.start(text, chosen)}>
          <span lang=${htmlLang(scriptOf(text))}>${text}</span><span class="muted" lang=${htmlLang(scriptOf(translation))}>${translation}</span>
        </button></li>`)}</ul>
    </section>`;
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
