// @ts-check
/** Step by step: one attention head with the model's numbers, from tokens to probabilities. */
import { html, nothing, render } from "lit-html";
import { isAbort } from "../api.js";
import { askingForm } from "../parts/asking-form.js";
import { segmented, select, viewHead } from "../parts/controls.js";
import { formulaLine } from "../parts/formula.js";
import { keptAnswers } from "../parts/kept-answers.js";
import { MatrixView } from "../parts/matrix-view.js";
import { modelFor } from "../parts/model-picker.js";
import { chosenSentence, sentencePicker, sentencesOf } from "../parts/sentences.js";
import { empty, loading, problemState } from "../parts/states.js";
import { labelOf, languages } from "../parts/text.js";
import { tokenLine } from "../parts/tokens.js";
import { followedRow, followedToken } from "./steps/followed.js";
import { stepCard } from "./steps/step-card.js";
import { stepMatrix } from "./steps/step-matrix.js";
import { grouped, traceOf } from "./steps/trace.js";

/** @typedef {import("./steps/trace.js").Trace} Trace */

const EXAMPLES = ["The animal didn't cross the street because it was too tired.", "Long time no see.", "好久不见。", "今天天气很好，我们去公园吧。"];
const STACKS = /** @type {const} */ (["encoder", "decoder", "cross"]);
/** @type {ReturnType<typeof keptAnswers<Trace>>} */
const traces = keptAnswers(6);

export default {
  id: "steps",
  /** @param {HTMLElement} host @param {import("../app.js").Context} context */
  mount(host, context) {
    return new StepsView(host, context).start();
  },
};

class StepsView {
  /** @param {HTMLElement} host @param {import("../app.js").Context} context */
  constructor(host, context) {
    this.host = host;
    this.context = context;
    this.text = context.params.get("text") ?? EXAMPLES[0] ?? "";
    /** @type {string[]} */
    this.sentences = [];
    /** @type {Trace | undefined} */
    this.trace = undefined;
    /** @type {unknown} */
    this.error = undefined;
    /** @type {AbortController | undefined} */
    this.running = undefined;
    /** @type {MatrixView | undefined} */
    this.matrix = undefined;
    /** @type {number | null} the column of the number that is worked out */
    this.column = null;
  }

  start() {
    const endLang = this.context.onLang(() => this.draw());
    const keys = (/** @type {KeyboardEvent} */ event) => this.onKey(event);
    document.addEventListener("keydown", keys);
    if (this.context.models.length && this.text.trim()) {
      void this.run(this.text, { replace: true });
    } else {
      this.draw();
    }
    return () => {
      this.running?.abort();
      this.matrix?.dispose();
      document.removeEventListener("keydown", keys);
      endLang();
    };
  }

  /** What is asked of the server, by the address. @param {string} text */
  question(text) {
    const { params, models } = this.context;
    const model = modelFor(models, params.get("model"), text);
    const stack = STACKS.find((one) => one === params.get("stack")) ?? "encoder";
    const layers = (stack === "encoder" ? model?.encoderLayers : model?.decoderLayers) ?? 1;
    const within = (/** @type {string} */ key, /** @type {number} */ max) => Math.max(1, Math.min(max, Math.trunc(Number(params.get(key))) || 1));
    return { model: model?.id, text, stack, layer: within("layer", layers), head: within("head", model?.heads ?? 1) };
  }

  /** @param {string} text @param {{replace?: boolean}} [options] */
  async run(text, { replace = false } = {}) {
    const { params, setParams, api, announce, t } = this.context;
    this.running?.abort();
    const mine = (this.running = new AbortController());
    this.text = text;
    this.error = undefined;
    if (!text.trim()) {
      this.trace = undefined;
      this.running = undefined;
      setParams({ text: null, token: null, sentence: null }, { replace });
      this.draw();
      return;
    }
    if (text !== params.get("text")) {
      setParams({ text, ...(params.has("text") && { token: null, sentence: null }) }, { replace });
    }
    const question = this.question(text);
    this.draw();
    try {
      const { signal } = mine;
      const sentences = await sentencesOf(api, { model: question.model, text }, signal);
      const sentence = { ...question, text: sentences[chosenSentence(this.context.params, sentences)] };
      const trace = await traces.get(sentence, async () => traceOf(await api.post("/steps", sentence, { signal })));
      if (mine.signal.aborted) {
        return;
      }
      this.sentences = sentences;
      this.trace = trace;
      this.column = null;
      announce(t("steps.ready", trace.steps.length, trace.translation));
    } catch (error) {
      if (isAbort(error)) {
        return;
      }
      this.trace = undefined;
      this.error = error;
    }
    if (this.running === mine) {
      this.running = undefined;
      this.draw();
    }
  }

  /** The index of the step that is shown. @param {Trace} trace */
  stepIndex(trace) {
    return Math.max(0, trace.steps.findIndex(({ id }) => id === this.context.params.get("step")));
  }

  /** The token that is followed. @param {Trace} trace */
  token(trace) {
    return followedToken(trace, this.context.params.get("token"));
  }

  /** @param {number} index @param {boolean} [byKey] */
  goTo(index, byKey = false) {
    const { trace } = this;
    const step = trace?.steps[index];
    if (trace && step) {
      this.context.setParams({ step: step.id }, { replace: byKey });
      this.column = null;
      this.draw();
      this.context.announce(`${this.context.t("steps.progress", index + 1, trace.steps.length)}: ${this.context.t(`name.${step.id}`)}`);
      this.reveal();
    }
  }

  /** Brings the step's title and its place in the list into sight, without moving more than needed. */
  reveal() {
    const list = this.host.querySelector(".step-list");
    const current = /** @type {HTMLElement | null} */ (this.host.querySelector(".step-list [aria-current]"));
    if (list && current) {
      const { offsetTop, offsetHeight } = current;
      list.scrollTop = Math.max(offsetTop + offsetHeight - list.clientHeight, Math.min(offsetTop, list.scrollTop));
    }
    const header = document.querySelector(".site-header")?.getBoundingClientRect().bottom ?? 0;
    const top = this.host.querySelector(".step-card")?.getBoundingClientRect().top ?? header;
    if (top < header) {
      scrollBy(0, top - header - 12);
    }
  }

  /** Left and right go from step to step, unless what has the focus uses them itself. @param {KeyboardEvent} event */
  onKey(event) {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const used = event.target instanceof Element && event.target.closest("input, textarea, select, summary, [role=application], [role=group], .table-scroll, .site-header");
    if (direction && this.trace && !used && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      this.goTo(this.stepIndex(this.trace) + direction, true);
    }
  }

  /** @param {Record<string, string | number | null>} changes */
  ask(changes) {
    this.context.setParams(changes);
    void this.run(this.text, { replace: true });
  }

  draw() {
    const { t, models } = this.context;
    render(models.length ? this.template() : empty({ title: t("state.noModels"), text: t("state.noModels.text") }), this.host);
    this.drawMatrix();
  }

  template() {
    const { t } = this.context;
    return html`
      ${viewHead({ title: t("nav.steps"), lead: t("steps.lead") })}
      ${askingForm(this, EXAMPLES, { layer: null, head: null, token: null, sentence: null })}
      ${this.content()}
    `;
  }

  content() {
    const { t } = this.context;
    if (this.error !== undefined) {
      return html`${this.sentenceChoice()}${this.pickers()}${problemState(t, this.error, () => void this.run(this.text, { replace: true }))}`;
    }
    if (this.running && !this.trace) {
      return loading(t, { lines: 8 });
    }
    const { trace } = this;
    if (!trace?.steps.length) {
      return empty({ title: t("steps.empty"), text: t("steps.empty.text") });
    }
    const index = this.stepIndex(trace);
    return html`
      <section class="card steps-choice">${this.sentenceChoice()}${this.pickers()}${this.tokens(trace)}</section>
      <div class="steps-body" aria-busy=${this.running !== undefined}>
        ${this.list(trace, index)}
        ${stepCard({ t, lang: this.context.lang(), trace, index, token: this.token(trace), column: this.column, onGo: (to) => this.goTo(to) })}
      </div>`;
  }

  sentenceChoice() {
    const { t, params } = this.context;
    return sentencePicker({ t, sentences: this.sentences, chosen: chosenSentence(params, this.sentences), onChange: (sentence) => this.ask({ sentence, token: null }) });
  }

  pickers() {
    const { t, models } = this.context;
    const { model: id, stack, layer, head } = this.question(this.text);
    const model = models.find((one) => one.id === id);
    const numbers = (/** @type {number} */ count) => Array.from({ length: Math.max(1, count) }, (_, index) => ({ value: String(index + 1), label: String(index + 1) }));
    return html`<div class="row steps-pickers">
      ${segmented({ label: t("steps.stack"), showLabel: true, value: stack, options: STACKS.map((value) => ({ value, label: t(`steps.${value}`) })), onChange: (value) => this.ask({ stack: value, token: null }) })}
      ${select({ label: t("steps.layer"), value: String(layer), options: numbers((stack === "encoder" ? model?.encoderLayers : model?.decoderLayers) ?? 1), onChange: (value) => this.ask({ layer: value }) })}
      ${select({ label: t("steps.head"), value: String(head), options: numbers(model?.heads ?? 1), onChange: (value) => this.ask({ head: value }) })}
      ${model ? html`<p class="hint steps-model">${formulaLine(t("steps.model", stack === "encoder" ? model.encoderLayers : model.decoderLayers, model.heads, model.hiddenSize, model.hiddenSize / model.heads))}</p>` : nothing}
    </div>`;
  }

  /** @param {Trace} trace */
  tokens(trace) {
    const { t } = this.context;
    const current = this.token(trace);
    const direction = languages(this.context.models.find(({ id }) => id === trace.model)?.direction ?? "en-zh");
    const encoder = trace.stack === "encoder";
    const label = t(encoder ? "steps.token.source" : "steps.token.target");
    const predicted = trace.predicted?.[current];
    const predictedText = typeof predicted === "string" ? predicted : predicted?.token;
    return html`<div class="steps-tokens">
      <p class="field-label">${label}</p>
      ${tokenLine({
        t, label, language: encoder ? direction.source : direction.target, side: encoder ? "source" : "target", showEnd: true, written: true,
        tokens: trace.queries.map((token) => ({ token })),
        pinned: current, current, onPoint: () => {}, onPick: (token) => {
          this.context.setParams({ token }, { replace: true });
          this.column = null;
          this.draw();
        },
      })}
      <p class="hint">${t("steps.translation", trace.translation)}${!encoder && predictedText ? html` · ${t("steps.predicts", `“${labelOf(predictedText)}”`)}` : nothing}</p>
    </div>`;
  }

  /** @param {Trace} trace @param {number} current */
  list(trace, current) {
    const { t } = this.context;
    const groups = grouped(trace.steps);
    return html`
      <nav class="step-list" aria-label=${t("steps.list")}>
        ${groups.map(({ group, steps }) => html`<h2>${t(`steps.group.${group}`)}</h2>
          <ol>${steps.map(({ step, index }) => html`<li>
            <button type="button" class=${index < current ? "done" : ""} aria-current=${index === current ? "step" : nothing} @click=${() => this.goTo(index)}>
              <span class="step-number">${index + 1}</span><span class="step-name">${formulaLine(t(`name.${step.id}`))}</span><span class="step-symbol" aria-hidden="true">${formulaLine(step.symbol)}</span>
            </button></li>`)}</ol>`)}
      </nav>
      <div class="step-select">${select({ label: t("steps.list"), value: String(current), onChange: (value) => this.goTo(Number(value)),
        options: trace.steps.map((step, index) => ({ value: String(index), label: `${index + 1}. ${t(`name.${step.id}`)}` })) })}</div>`;
  }

  drawMatrix() {
    const host = /** @type {HTMLElement | null} */ (this.host.querySelector(".step-matrix"));
    const { trace } = this;
    if (!host || !trace) {
      return;
    }
    if (this.matrix?.host !== host) {
      this.matrix?.dispose();
      this.matrix = new MatrixView(host, { onPick: (cell) => this.pick(cell) });
    }
    this.matrix.set(stepMatrix(this.context.t, trace, this.stepIndex(trace), this.token(trace), this.column));
  }

  /** @param {import("../parts/matrix-view.js").Cell | null} cell */
  pick(cell) {
    const { trace } = this;
    if (!trace || !cell) {
      return;
    }
    const step = trace.steps[this.stepIndex(trace)];
    this.column = step?.id === "one-hot" ? null : cell.column;
    if (step && followedRow(step, cell.row) !== null) {
      this.context.setParams({ token: cell.row }, { replace: true });
    }
    this.draw();
  }
}
