// @ts-check
/** Step by step: one attention head with the model's numbers, from tokens to probabilities. */
import { html, nothing, render } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { isAbort } from "../api.js";
import { percent } from "../i18n.js";
import { segmented, select, viewHead } from "../parts/controls.js";
import { shortNumber } from "../parts/heat-map.js";
import { keptAnswers } from "../parts/kept-answers.js";
import { MatrixView, exactNumber } from "../parts/matrix-view.js";
import { modelFor, modelPicker } from "../parts/model-picker.js";
import { exampleList, sentenceForm } from "../parts/sentence-form.js";
import { chosenSentence, sentencePicker, sentencesOf } from "../parts/sentences.js";
import { empty, loading, problemState } from "../parts/states.js";
import { isSpecial, labels, languages } from "../parts/text.js";
import { tokenLine } from "../parts/tokens.js";
import { flowPicture } from "./steps/flow-picture.js";
import { formulaLine, readableFormula } from "../parts/formula.js";
import { OF_KEYS, PAIRS, grouped, traceOf } from "./steps/trace.js";
import { workedOut } from "./steps/worked.js";

/** @typedef {import("./steps/trace.js").Trace} Trace */
/** @typedef {import("./steps/trace.js").Step} Step */

const EXAMPLES = ["The animal didn't cross the street because it was too tired.", "Long time no see.", "好久不见。", "今天天气很好，我们去公园吧。"];
const STACKS = /** @type {const} */ (["encoder", "decoder", "cross"]);
const TOP = 10;
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

  /** The row that is followed: the one of the address, or the one whose weights are sharpest in sight. @param {Trace} trace */
  token(trace) {
    const asked = this.context.params.get("token");
    const last = trace.queries.length - 1;
    if (asked !== null) {
      return Math.max(0, Math.min(last, Math.trunc(Number(asked)) || 0));
    }
    const it = trace.queries.findIndex((token) => token === "\u2581it" || token === "it");
    return it >= 0 ? it : Math.min(last, 1);
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

  /** @param {string} id */
  goToId(id) {
    this.goTo(this.trace?.steps.findIndex((step) => step.id === id) ?? -1);
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
    const { t, params, models, setParams } = this.context;
    const picker = modelPicker({ t, models, value: params.get("model") ?? "", auto: true, onChange: (id) => {
      setParams({ model: id, layer: null, head: null, token: null, sentence: null });
      void this.run(this.text, { replace: true });
    } });
    return html`
      ${viewHead({ title: t("nav.steps"), lead: t("steps.lead") })}
      <div class="attention-form">${sentenceForm({
        t, text: this.text, rows: 1, languages: [], controls: picker, busy: this.running !== undefined,
        onText: (text) => {
          this.text = text;
          this.draw();
        },
        onRun: (text) => void this.run(text),
        onCancel: () => {
          this.running?.abort();
          this.running = undefined;
          this.draw();
        },
      })}${exampleList(t, EXAMPLES, (text) => void this.run(text))}</div>
      ${this.content()}`;
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
        ${this.card(trace, index)}
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
        t, label, language: encoder ? direction.source : direction.target, side: encoder ? "source" : "target", showEnd: true,
        tokens: trace.queries.map((token) => ({ token: isSpecial(token) ? `${token}\u200b` : token })),
        pinned: current, current, onPoint: () => {}, onPick: (token) => {
          this.context.setParams({ token }, { replace: true });
          this.column = null;
          this.draw();
        },
      })}
      <p class="hint">${t("steps.translation", trace.translation)}${!encoder && predictedText ? html` · ${t("steps.predicts", `“${shownToken(predictedText)}”`)}` : nothing}</p>
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

  /** @param {Trace} trace @param {number} index */
  card(trace, index) {
    const { t } = this.context;
    const step = /** @type {Step} */ (trace.steps[index]);
    const [rows, columns] = step.shape;
    return html`<section class="card step-card" aria-labelledby="step-title">
      <div class="step-head">
        <h2 id="step-title">${formulaLine(t(`name.${step.id}`))}</h2>
        <p class="step-shape" aria-label=${t("steps.shape.text", rows, columns)}><i>${formulaLine(step.symbol)}</i> ${t("steps.shape", rows, columns)}</p>
      </div>
      <p class="step-text">${formulaLine(t(`text.${step.id}`))}</p>
      ${keyed(`${trace.stack} ${step.id}`, html`<div class="step-how">
        <p class="formula">${formulaLine(readableFormula(step.formula, this.context.lang()))}</p>
        ${flowPicture(t, trace, index, (id) => this.goToId(id))}
      </div>`)}
      ${step.id === "probabilities" ? this.best(trace, step) : nothing}
      <div class="step-matrix"></div>
      ${this.cut(step)}
      ${this.worked(trace, index)}
      ${this.stepper(trace, index)}
    </section>`;
  }

  /** @param {Step} step */
  cut(step) {
    const { t } = this.context;
    const shown = step.values[0]?.length ?? 0;
    if (step.id === "one-hot") {
      return html`<p class="hint">${t("steps.ids", step.shape[1])}</p>`;
    }
    if (step.tokens?.length) {
      return html`<p class="hint">${t("steps.best", shown, step.shape[1])}</p>`;
    }
    return step.values.length < step.shape[0] || shown < step.shape[1]
      ? html`<p class="hint steps-cut">${t("steps.cut", step.values.length, step.shape[0], shown, step.shape[1])}</p>`
      : nothing;
  }

  /** The followed row and column of a step. @param {Trace} trace @param {number} index */
  cell(trace, index) {
    const step = /** @type {Step} */ (trace.steps[index]);
    const query = this.token(trace);
    const row = step.rows.length === trace.queries.length || !OF_KEYS.includes(step.id) ? query : this.attended(trace);
    const id = step.id === "one-hot" ? [step.ids?.[row] ?? 0].flat()[0] : undefined;
    if (id !== undefined) {
      return { row, column: id };
    }
    if (this.column !== null && this.column < (step.values[row]?.length ?? 0)) {
      return { row, column: this.column };
    }
    const size = trace.steps.find(({ id }) => id === "query")?.shape[1] ?? 0;
    return { row, column: PAIRS.includes(step.id) ? this.attended(trace) : step.id === "concatenated" ? (trace.head - 1) * size : 0 };
  }

  /** The key that the followed token looks at most. @param {Trace} trace */
  attended(trace) {
    const weights = trace.steps.find(({ id }) => id === "weights")?.values[this.token(trace)] ?? [];
    return Math.max(0, weights.indexOf(Math.max(...weights)));
  }

  /** @param {Trace} trace @param {number} index */
  worked(trace, index) {
    const { t } = this.context;
    const lines = workedOut(this.readable(trace), index, this.cell(trace, index));
    return lines.length
      ? html`<div class="worked"><h3>${t("steps.worked")}</h3>
          ${lines.map(({ formula, key, args }) => (formula ? html`<p class="worked-formula">${formulaLine(formula)}</p>` : html`<p>${t(key ?? "", ...(args ?? []))}</p>`))}
          ${trace.steps[index]?.id === "tokens" || trace.steps[index]?.id === "one-hot" ? nothing : html`<p class="hint">${t("steps.worked.hint")}</p>`}</div>`
      : nothing;
  }

  /** The same with tokens as people read them. @param {Trace} trace @returns {Trace} */
  readable(trace) {
    return { ...trace, steps: trace.steps.map((step) => ({ ...step, rows: labels(step.rows), columns: PAIRS.includes(step.id) ? labels(step.columns) : step.columns })) };
  }

  /** The most probable tokens as bars. @param {Trace} trace @param {Step} step */
  best(trace, step) {
    const { t } = this.context;
    const row = this.token(trace);
    const tokens = step.tokens?.[row] ?? [];
    return html`<table class="top-keys best-tokens">
      <caption>${t("steps.top", `“${shownToken(trace.queries[row] ?? "")}”`)}</caption>
      <tbody>${(step.values[row] ?? []).slice(0, TOP).map((value, rank) => html`<tr>
        <th scope="row">${shownToken(tokens[rank] ?? "")}</th><td>${percent(value, 2)}</td>
        <td class="weight-bar"><span .style=${`inline-size:${(value * 100).toFixed(2)}%`}></span></td></tr>`)}</tbody>
    </table>`;
  }

  /** @param {Trace} trace @param {number} index */
  stepper(trace, index) {
    const { t } = this.context;
    const count = trace.steps.length;
    return html`<div class="stepper">
      <progress class="visually-hidden" max=${count} value=${index + 1} aria-label=${t("steps.progress", index + 1, count)}></progress>
      <div class="stepper-bar" aria-hidden="true"><span .style=${`inline-size:${((index + 1) / count) * 100}%`}></span></div>
      <button type="button" ?disabled=${index === 0} @click=${() => this.goTo(index - 1)}>← ${t("steps.previous")}</button>
      <span class="stepper-place"><span class="stepper-long">${t("steps.progress", index + 1, count)}</span><span class="stepper-short" aria-hidden="true">${index + 1} / ${count}</span><span class="hint">${t("steps.keys")}</span></span>
      <button type="button" class="primary" ?disabled=${index === count - 1} @click=${() => this.goTo(index + 1)}>${t("steps.next")} →</button>
    </div>`;
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
    const { t } = this.context;
    const index = this.stepIndex(trace);
    const step = /** @type {Step} */ (trace.steps[index]);
    const pair = PAIRS.includes(step.id);
    const data = shownValues(step);
    const signed = data.values.some((row) => row.some((value) => value < 0));
    const rows = labels(step.rows);
    this.matrix.set({
      label: t("steps.matrix", t(`name.${step.id}`), ...step.shape), values: data.values, rows,
      columns: pair ? labels(step.columns) : step.id === "tokens" ? ["id"] : [],
      ...(data.names && { names: data.names.map((name, place) => (step.tokens?.length ? t("steps.rank", (place % data.width) + 1, shownToken(name)) : name)) }),
      rowsTitle: t(pair ? "steps.query" : OF_KEYS.includes(step.id) ? "steps.key" : "steps.token.axis"),
      columnsTitle: t(pair ? "steps.key" : step.tokens?.length ? "steps.rank.axis" : "steps.dimension"),
      scale: signed ? "diverging" : "sequential", format: step.id === "tokens" ? String : shortNumber, exact: step.id === "tokens" ? String : exactNumber,
      ...(step.id === "weights" && { domain: /** @type {const} */ ([0, 1]) }),
      square: pair, maxCell: pair ? 44 : step.id === "tokens" ? 96 : 40,
      row: this.rowOf(trace, index), column: null, mark: this.cell(trace, index),
      ...(pair && { masked: t("steps.masked") }),
    });
  }

  /** The row of the followed token; none where rows are keys of another sentence. @param {Trace} trace @param {number} index */
  rowOf(trace, index) {
    const step = /** @type {Step} */ (trace.steps[index]);
    return OF_KEYS.includes(step.id) ? null : this.token(trace);
  }

  /** @param {import("../parts/matrix-view.js").Cell | null} cell */
  pick(cell) {
    const { trace } = this;
    if (!trace || !cell) {
      return;
    }
    const step = trace.steps[this.stepIndex(trace)];
    this.column = step?.id === "one-hot" ? null : cell.column;
    if (step && !OF_KEYS.includes(step.id)) {
      this.context.setParams({ token: cell.row }, { replace: true });
    }
    this.draw();
  }
}

/** @param {string} token */
function shownToken(token) {
  return labels([token])[0] ?? token;
}

/** What is drawn of a step: its values, or the ones of one-hot rows in their places. @param {Step} step */
function shownValues(step) {
  if (step.id === "one-hot") {
    const ids = (step.ids ?? []).map((id) => (Array.isArray(id) ? (id[0] ?? 0) : id));
    const values = ids.map((id) => Array.from({ length: step.shape[1] }, (_, column) => (column === id ? 1 : 0)));
    return { values, width: step.shape[1] };
  }
  const width = step.values[0]?.length ?? 1;
  return { values: step.values, width, ...(step.tokens?.length && { names: step.tokens.flatMap((row) => row.slice(0, width)) }) };
}
