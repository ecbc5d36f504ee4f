// @ts-check
import { html, nothing, render } from "lit-html";
import { number } from "../i18n.js";
import { select, viewHead } from "../parts/controls.js";
import { latestRequest } from "../parts/latest-request.js";
import { modelFact, modelFor, modelPicker } from "../parts/model-picker.js";
import { sentenceForm } from "../parts/sentence-form.js";
import { chosenSentence, sentencePicker, sentencesOf } from "../parts/sentences.js";
import { empty, loading, problemState } from "../parts/states.js";
import { isSpecial, languages } from "../parts/text.js";
import { confidenceLegend, tokenLine } from "../parts/tokens.js";
import { unmatched } from "./compare/difference.js";
import { HeadComparison } from "./compare/head-comparison.js";

/** @typedef {import("../app.js").Context} Context */
/** @typedef {import("../api.js").Explanation} Explanation */
/** @typedef {import("../api.js").Model} Model */
/** @typedef {"a" | "b"} Side */

const BEAMS = [1, 2, 3, 4, 5, 8, 10];
/** @type {Side[]} */
const SIDES = ["a", "b"];

class CompareView {
  /** @param {HTMLElement} host @param {Context} context */
  constructor(host, context) {
    this.host = host;
    this.context = context;
    this.text = context.params.get("text") ?? "";
    this.requests = latestRequest();
    /** @type {string[]} */
    this.sentences = [];
    /** @type {Record<Side, Explanation | undefined>} */
    this.found = { a: undefined, b: undefined };
    this.loading = false;
    /** @type {unknown} */
    this.problem = undefined;
    this.heads = new HeadComparison(host, context, {
      nameOf: (side) => this.modelOf(side)?.name ?? "",
      onChange: (changes) => this.change(changes),
    });
    this.endLang = context.onLang(() => this.draw());
    this.draw();
    if (this.text.trim()) {
      void this.load();
    }
  }

  dispose() {
    this.requests.stop();
    this.endLang();
    this.heads.dispose();
  }

  /** @param {string} key @param {string} fallback */
  param(key, fallback) {
    return this.context.params.get(key) ?? fallback;
  }

  get scored() {
    return this.param("scored", "own");
  }

  get sentence() {
    return chosenSentence(this.context.params, this.sentences);
  }

  /** Whether one model alone reads the language. */
  get lonely() {
    const { models } = this.context;
    const first = this.modelOf("a");
    return models.filter(({ direction }) => direction === first?.direction).length < 2;
  }

  /** @param {Side} side @returns {Model | undefined} */
  modelOf(side) {
    const { models, params } = this.context;
    const first = modelFor(models, params.get("a") ?? params.get("model"), this.text);
    if (side === "a") {
      return first;
    }
    return (
      models.find(({ id }) => id === params.get("b")) ??
      models.find(({ id, direction }) => direction === first?.direction && id !== first?.id) ??
      first
    );
  }

  /** @param {Side} side */
  beamOf(side) {
    const same = this.modelOf("a") === this.modelOf("b");
    const fallback = side === "b" && same ? 1 : (this.modelOf(side)?.beamSize ?? 1);
    return Number(this.param(side === "a" ? "beamA" : "beamB", String(fallback))) || fallback;
  }

  /** @param {Side} side @param {AbortSignal} signal @param {string} [translation] to be scored */
  async explain(side, signal, translation) {
    const body = { model: this.modelOf(side)?.id, text: this.sentences[this.sentence], ...(translation ? { translation } : { beam: this.beamOf(side) }) };
    const answer = await this.context.api.post("/explain", body, { signal });
    return /** @type {Explanation | undefined} */ (answer.sentences[0]);
  }

  async load() {
    const { params } = this.context;
    this.context.setParams({ text: this.text, ...(this.text !== params.get("text") && { sentence: null }) }, { replace: true });
    if (!this.text.trim()) {
      return;
    }
    const signal = this.requests.next();
    this.loading = true;
    this.problem = undefined;
    this.draw();
    try {
      const { scored } = this;
      this.sentences = await sentencesOf(this.context.api, { model: this.modelOf("a")?.id, text: this.text }, signal);
      if (scored === "own") {
        const [a, b] = await Promise.all([this.explain("a", signal), this.explain("b", signal)]);
        this.found = { a, b };
      } else {
        const leader = scored === "b" ? "b" : "a";
        const follower = leader === "a" ? "b" : "a";
        const led = await this.explain(leader, signal);
        const followed = await this.explain(follower, signal, led?.translation);
        this.found = leader === "a" ? { a: led, b: followed } : { a: followed, b: led };
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      this.problem = error;
      this.found = { a: undefined, b: undefined };
    }
    this.loading = false;
    this.draw();
  }

  /** @param {Record<string, string | number | null>} changes @param {boolean} [reload] */
  change(changes, reload = false) {
    this.context.setParams(changes, { replace: true });
    if (reload) {
      void this.load();
    }
    this.draw();
  }

  draw() {
    render(this.template(), this.host);
    const { a, b } = this.found;
    if (a && b) {
      this.heads.draw(a, b);
    }
  }

  template() {
    const { t, models } = this.context;
    if (models.length === 0) {
      return empty({ title: t("state.noModels"), text: t("state.noModels.text"), main: true });
    }
    const { a, b } = this.found;
    return html`
      ${viewHead({ title: t("title"), lead: t("lead") })}
      <section class="card">
        ${sentenceForm({
          t,
          text: this.text,
          busy: this.loading,
          runLabel: t("run"),
          onText: (text) => {
            this.text = text;
            this.draw();
          },
          onRun: (text) => {
            this.text = text;
            const reads = languages(this.modelOf("a")?.direction ?? "").source;
            const right = languages(modelFor(models, null, text)?.direction ?? "").source;
            this.change(reads === right ? {} : { a: null, b: null, model: null });
            void this.load();
          },
          controls: html`${SIDES.map((side) => this.sideControls(side))} ${this.scoredControl()}`,
        })}
        ${this.lonely ? html`<p class="hint compare-only">${t("only")}</p>` : nothing}
      </section>
      ${this.problem ? problemState(t, this.problem, () => this.load()) : nothing}
      ${this.loading && !a ? loading(t, { lines: 4 }) : nothing}
      ${!this.loading && !a && !this.problem ? empty({ title: t("empty"), text: t("empty.text") }) : nothing}
      ${a && b ? this.results(a, b) : nothing}
    `;
  }

  /** @param {Side} side */
  sideControls(side) {
    const { t, models } = this.context;
    const letter = side.toUpperCase();
    const beams = [...new Set([...BEAMS, this.beamOf(side)])].sort((x, y) => x - y);
    return html`<div class="compare-side">
      <span class="compare-letter ${side}" aria-hidden="true">${letter}</span>
      ${modelPicker({
        t,
        models,
        label: t("side.model", letter),
        value: this.modelOf(side)?.id ?? "",
        onChange: (id) => this.change({ [side]: id, [side === "a" ? "beamA" : "beamB"]: null, ...this.otherIfNeeded(side, id) }, true),
      })}
      ${select({
        label: t("side.beam"),
        value: String(this.beamOf(side)),
        options: beams.map((beam) => ({ value: String(beam), label: beam === 1 ? t("side.greedy") : String(beam) })),
        onChange: (beam) => this.change({ [side === "a" ? "beamA" : "beamB"]: beam }, true),
      })}
    </div>`;
  }

  /** A model of the other direction takes the other side with it. @param {Side} side @param {string} id */
  otherIfNeeded(side, id) {
    const other = side === "a" ? "b" : "a";
    const direction = this.context.models.find((model) => model.id === id)?.direction;
    return this.modelOf(other)?.direction === direction ? { [other]: this.modelOf(other)?.id ?? null } : { [other]: id };
  }

  scoredControl() {
    const { t } = this.context;
    return html`<div title=${t("scored.hint")}>${select({
      label: t("scored"),
      value: this.scored,
      options: ["own", "a", "b"].map((value) => ({ value, label: t(`scored.${value}`) })),
      onChange: (value) => this.change({ scored: value === "own" ? null : value }, true),
    })}</div>`;
  }

  /** @param {Explanation} a @param {Explanation} b */
  results(a, b) {
    const { t } = this.context;
    const [tokensA, tokensB] = [a, b].map(({ target }) => target.map(({ token }) => token).filter((token) => !isSpecial(token)));
    const odd = unmatched(tokensA ?? [], tokensB ?? []);
    const same = odd.ours.size + odd.theirs.size === 0;
    return html`
      ${sentencePicker({ t, sentences: this.sentences, chosen: this.sentence, onChange: (sentence) => {
        this.context.setParams({ sentence });
        void this.load();
      } })}
      <section class="compare-columns ${this.loading ? "busy" : ""}" aria-busy=${this.loading}>
        ${this.resultCard("a", a, odd.ours, perplexity(a) < perplexity(b))} ${this.resultCard("b", b, odd.theirs, perplexity(b) < perplexity(a))}
      </section>
      <div class="compare-legend"><p class="hint">${same ? t("same") : t("differs")}</p>${confidenceLegend(t)}</div>
      ${this.heads.template(a, b)}
    `;
  }

  /** @param {Side} side @param {Explanation} explanation @param {Set<number>} odd @param {boolean} surer */
  resultCard(side, explanation, odd, surer) {
    const { t } = this.context;
    const model = this.modelOf(side);
    const letter = side.toUpperCase();
    /** @param {string} key @param {string} value @param {unknown} [tag] */
    const fact = (key, value, tag = nothing) => html`<div><dt>${t(`fact.${key}`)}</dt><dd class="number">${value} ${tag}</dd></div>`;
    const two = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    const signed = (/** @type {number} */ value) => number(value, two).replace("-", "−");
    return html`<article class="card compare-card">
      <header>
        <span class="compare-letter ${side}" aria-hidden="true">${letter}</span>
        <h2><span class="visually-hidden">${letter}: </span>${model?.name}</h2>
        <p class="hint">${model ? modelFact(t, model) : ""}</p>
      </header>
      ${tokenLine({
        t,
        tokens: explanation.target.map(({ token, logProbability }) => ({ token, probability: Math.exp(logProbability) })),
        label: t("tokens.label", letter),
        language: languages(model?.direction ?? "").target,
        confidence: true,
        marked: odd,
        side: "target",
        onPoint: (index) => this.heads.pointRow(index),
      })}
      <dl class="compare-facts">
        ${fact("perplexity", number(perplexity(explanation), two), surer ? html`<span class="compare-tag">${t("surer")}</span>` : nothing)}
        ${fact("logProbability", signed(explanation.logProbability))} ${fact("score", signed(explanation.score))}
        ${fact("tokens", String(explanation.target.length))}
      </dl>
    </article>`;
  }
}

/** exp of the mean negative log-probability of the target tokens, the end included. @param {Explanation} explanation */
function perplexity({ target }) {
  return Math.exp(-target.reduce((sum, { logProbability }) => sum + logProbability, 0) / Math.max(1, target.length));
}

export default {
  id: "compare",
  /** @param {HTMLElement} host @param {Context} context */
  mount(host, context) {
    const view = new CompareView(host, context);
    return () => view.dispose();
  },
};
