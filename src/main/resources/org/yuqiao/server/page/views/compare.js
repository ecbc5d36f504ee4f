// @ts-check
import { html, nothing, render } from "lit-html";
import { number } from "../i18n.js";
import { segmented, select, viewHead } from "../parts/controls.js";
import { domainOf } from "../parts/heat-map-paint.js";
import { HeatMap, shortNumber } from "../parts/heat-map.js";
import { latestRequest } from "../parts/latest-request.js";
import { modelFact, modelFor, modelPicker } from "../parts/model-picker.js";
import { sentenceForm } from "../parts/sentence-form.js";
import { chosenSentence, sentencePicker, sentencesOf } from "../parts/sentences.js";
import { empty, loading, problemState } from "../parts/states.js";
import { isSpecial, labels, languages } from "../parts/text.js";
import { confidenceLegend, tokenLine } from "../parts/tokens.js";
import { difference, headOf, sameTokens, unmatched } from "./compare/difference.js";

/** @typedef {import("../app.js").Context} Context */
/** @typedef {import("../api.js").Explanation} Explanation */
/** @typedef {import("../api.js").Model} Model */
/** @typedef {"a" | "b"} Side */
/** @typedef {"encoderSelf" | "decoderSelf" | "cross"} Kind */

const BEAMS = [1, 2, 3, 4, 5, 8, 10];
/** @type {Side[]} */
const SIDES = ["a", "b"];
/** Names of the attention in the address, as in the view Attention. @type {Record<string, Kind>} */
const KINDS = { encoder: "encoderSelf", decoder: "decoderSelf", cross: "cross" };

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
    /** @type {Map<string, HeatMap>} */
    this.maps = new Map();
    this.endLang = context.onLang(() => this.draw());
    this.draw();
    if (this.text.trim()) {
      void this.load();
    }
  }

  dispose() {
    this.requests.stop();
    this.endLang();
    for (const map of this.maps.values()) {
      map.dispose();
    }
  }

  /** @param {string} key @param {string} fallback */
  param(key, fallback) {
    return this.context.params.get(key) ?? fallback;
  }

  get kind() {
    return KINDS[this.param("kind", "cross")] ?? "cross";
  }

  get layer() {
    return Number(this.param("layer", "1")) || 1;
  }

  get head() {
    return Math.max(0, Number(this.param("head", "1")) || 0);
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
    this.drawMaps();
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
      ${this.attentionCard(a, b)}
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
        onPoint: (index) => this.pointRow(index),
      })}
      <dl class="compare-facts">
        ${fact("perplexity", number(perplexity(explanation), two), surer ? html`<span class="compare-tag">${t("surer")}</span>` : nothing)}
        ${fact("logProbability", signed(explanation.logProbability))} ${fact("score", signed(explanation.score))}
        ${fact("tokens", String(explanation.target.length))}
      </dl>
    </article>`;
  }

  /** @param {Explanation} a @param {Explanation} b */
  attentionCard(a, b) {
    const { t } = this.context;
    const { kind } = this;
    const layers = Math.max(a[kind].weights.length, b[kind].weights.length);
    const heads = Math.max(a[kind].weights[0]?.length ?? 0, b[kind].weights[0]?.length ?? 0);
    const numbers = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }));
    return html`<section class="card compare-attention">
      <header class="compare-attention-head">
        <h2>${t("attention.title")}</h2>
        <div class="row">
          ${segmented({
            label: t("attention.kind"),
            showLabel: true,
            value: Object.keys(KINDS).find((name) => KINDS[name] === kind) ?? "cross",
            options: Object.entries(KINDS).map(([value, key]) => ({ value, label: t(`attention.${key}`) })),
            onChange: (value) => this.change({ kind: value }),
          })}
          ${segmented({ label: t("attention.layer"), showLabel: true, value: String(this.layer), options: numbers(layers), onChange: (layer) => this.change({ layer }) })}
          ${segmented({
            label: t("attention.head"),
            showLabel: true,
            value: String(this.head),
            options: [...numbers(heads), { value: "0", label: t("attention.mean") }],
            onChange: (head) => this.change({ head }),
          })}
        </div>
      </header>
      <div class="compare-columns">${SIDES.map((side) => this.mapPlace(side, side === "a" ? a : b))}</div>
      ${this.differencePlace(a, b)}
    </section>`;
  }

  headName() {
    const { t } = this.context;
    return this.head === 0 ? t("attention.mean") : `${t("attention.head")} ${this.head}`;
  }

  /** @param {Side} side @param {Explanation} explanation */
  mapPlace(side, explanation) {
    const { t } = this.context;
    const letter = side.toUpperCase();
    const { weights } = explanation[this.kind];
    const there = headOf(weights, this.layer, this.head);
    const missing = weights.length === 0 ? t("attention.none", letter) : t("attention.missing", letter, this.layer, this.head);
    return html`<figure class="compare-map">
      <figcaption><span class="compare-letter ${side}" aria-hidden="true">${letter}</span> ${this.modelOf(side)?.name}</figcaption>
      ${there ? nothing : html`<p class="muted">${missing}</p>`}
      <div data-map=${side} ?hidden=${!there}></div>
    </figure>`;
  }

  /** @param {Explanation} a @param {Explanation} b */
  differencePlace(a, b) {
    const { t } = this.context;
    const found = this.differenceOf(a, b);
    const names = labels(a[this.kind].queries);
    const keys = labels(a[this.kind].keys);
    return html`<figure class="compare-map difference">
      <figcaption>${t("difference.title")}</figcaption>
      <p class="hint">${found && found.mean === 0
        ? t("difference.zero")
        : found
        ? t("difference.mean", shortNumber(found.mean), names[found.largest.row] ?? "", keys[found.largest.column] ?? "", shortNumber(found.largest.value))
        : t("difference.none")}</p>
      <div data-map="difference" ?hidden=${!found?.mean}></div>
    </figure>`;
  }

  /** @param {Explanation} a @param {Explanation} b */
  differenceOf(a, b) {
    const [one, two] = [a[this.kind], b[this.kind]];
    const weights = headOf(one.weights, this.layer, this.head);
    const others = headOf(two.weights, this.layer, this.head);
    const comparable = sameTokens(one.queries, two.queries) && sameTokens(one.keys, two.keys);
    return weights && others && comparable ? difference(weights, others) : undefined;
  }

  drawMaps() {
    const { a, b } = this.found;
    if (!a || !b) {
      return;
    }
    const { t } = this.context;
    const titles = { rowsTitle: t("attention.query"), columnsTitle: t("attention.key") };
    const heads = [a, b].flatMap((one) => headOf(one[this.kind].weights, this.layer, this.head) ?? []);
    const domain = domainOf(heads, "sequential");
    for (const side of SIDES) {
      const { queries, keys, weights } = (side === "a" ? a : b)[this.kind];
      const values = headOf(weights, this.layer, this.head);
      if (values) {
        const causal = this.kind === "decoderSelf";
        const label = t("attention.of", side.toUpperCase(), t(`attention.${this.kind}`), this.layer, this.headName());
        this.map(side)?.set({ label, values: causal ? withoutLater(values) : values, rows: labels(queries), columns: labels(keys), domain, maxCell: 36, ...titles });
      }
    }
    const found = this.differenceOf(a, b);
    if (found?.mean) {
      const { queries, keys } = a[this.kind];
      const label = t("difference.title");
      this.map("difference")?.set({ label, values: found.values, rows: labels(queries), columns: labels(keys), scale: "diverging", maxCell: 36, ...titles });
    }
  }

  /** The heat map in its place; a new one if the place is new. @param {string} name */
  map(name) {
    const place = /** @type {HTMLElement | null} */ (this.host.querySelector(`[data-map="${name}"]`));
    let map = this.maps.get(name);
    if (place && map?.host !== place) {
      map?.dispose();
      map = new HeatMap(place, this.context.t, { onPoint: (cell) => this.pointOthers(name, cell) });
      this.maps.set(name, map);
    }
    return map;
  }

  /** Points at the same cell in the other maps. @param {string} name @param {import("../parts/heat-map.js").Cell | null} cell */
  pointOthers(name, cell) {
    for (const [other, map] of this.maps) {
      if (other !== name) {
        map.point(cell);
      }
    }
  }

  /** Points at the row of a target token. @param {number | null} index */
  pointRow(index) {
    const row = index === null || this.kind === "encoderSelf" ? null : index;
    for (const map of this.maps.values()) {
      const weights = row === null ? undefined : map.data.values[row];
      const numbers = Array.from(weights ?? []).map((weight) => (Number.isFinite(weight) ? weight : -1));
      const strongest = numbers.indexOf(Math.max(...numbers));
      map.point(row === null || strongest < 0 ? null : { row, column: strongest });
    }
  }
}

/** Weights of which the masked ones are no numbers: a query sees no later key. @param {number[][]} weights */
function withoutLater(weights) {
  return weights.map((row, query) => row.map((weight, key) => (key > query ? Number.NaN : weight)));
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
