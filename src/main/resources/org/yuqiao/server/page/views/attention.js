// @ts-check
/** Attention: all heads in small, one head large, one token in detail. */
import { html, nothing, render } from "lit-html";
import { isAbort } from "../api.js";
import { askingForm } from "../parts/asking-form.js";
import { checkbox, slider, tabs, viewHead } from "../parts/controls.js";
import { keptAnswers } from "../parts/kept-answers.js";
import { MatrixView } from "../parts/matrix-view.js";
import { modelFor } from "../parts/model-picker.js";
import { chosenSentence, sentencePicker, sentencesOf } from "../parts/sentences.js";
import { empty, loading, problemState } from "../parts/states.js";
import { isDark, onTheme } from "../parts/theme.js";
import { tokenDetail, weightText } from "./attention/detail.js";
import { EXAMPLES, opening } from "./attention/examples.js";
import { HeadLines } from "./attention/head-lines.js";
import { top } from "./attention/measures.js";
import { headName, headOverview, one, paintOverview, two } from "./attention/overview.js";
import { headsOf, shownHead } from "./attention/shown-head.js";

/** @typedef {import("./attention/measures.js").Kind} Kind */
/** @typedef {import("./attention/head-lines.js").Place} Place */
/** @typedef {import("../api.js").Explanation} Explanation */
/** @typedef {{model: string, translation: string, sentences: Explanation[]}} Explained */

const KINDS = /** @type {const} */ (["encoder", "decoder", "cross"]);
/** From here on, heat map and lines have a row each. */
const LONG = 40;
const FIELDS = /** @type {const} */ ({ encoder: "encoderSelf", decoder: "decoderSelf", cross: "cross" });
/** @type {ReturnType<typeof keptAnswers<Explained>>} */
const explanations = keptAnswers(6);

export default {
  id: "attention",
  /** @param {HTMLElement} host @param {import("../app.js").Context} context */
  mount(host, context) {
    return new AttentionView(host, context).start();
  },
};

class AttentionView {
  /** @param {HTMLElement} host @param {import("../app.js").Context} context */
  constructor(host, context) {
    this.host = host;
    this.context = context;
    this.text = context.params.get("text") ?? EXAMPLES[0]?.text ?? "";
    /** @type {string[]} */
    this.sentences = [];
    /** @type {Explained | undefined} */
    this.explained = undefined;
    /** @type {unknown} */
    this.error = undefined;
    /** @type {AbortController | undefined} */
    this.running = undefined;
    /** @type {Place | null} */
    this.hover = null;
    /** @type {HeadLines | undefined} */
    this.lines = undefined;
    /** @type {MatrixView | undefined} */
    this.map = undefined;
    this.headsKey = "";
    this.waiting = 0;
    /** @type {import("./attention/overview.js").Head[][]} */
    this.heads = [];
  }

  start() {
    const ends = [this.context.onLang(() => this.draw()), onTheme(() => this.draw())];
    if (this.context.models.length && this.text.trim()) {
      void this.run(this.text, { replace: true });
    } else {
      this.draw();
    }
    return () => {
      this.running?.abort();
      cancelAnimationFrame(this.waiting);
      this.lines?.dispose();
      this.map?.dispose();
      ends.forEach((end) => end());
    };
  }

  /** @param {string} text @param {{replace?: boolean}} [options] */
  async run(text, { replace = false } = {}) {
    const { params, setParams, api, models, t } = this.context;
    this.running?.abort();
    const mine = (this.running = new AbortController());
    const fresh = params.has("text") && text !== params.get("text");
    this.text = text;
    this.error = undefined;
    if (!text.trim()) {
      this.explained = undefined;
      this.running = undefined;
      setParams({ text: null, layer: null, head: null, pin: null, sentence: null }, { replace });
      this.draw();
      return;
    }
    const example = EXAMPLES.find((one) => one.text === text);
    if (!params.has("text") || (example && !params.has("kind"))) {
      setParams({ text, kind: params.get("kind") ?? example?.kind }, { replace: true });
    }
    if (fresh) {
      setParams({ text, kind: example?.kind ?? params.get("kind"), layer: null, head: null, pin: null, sentence: null }, { replace });
    }
    const model = modelFor(models, params.get("model"), text)?.id;
    const question = { model, text };
    this.draw();
    try {
      const { signal } = mine;
      const sentences = await sentencesOf(api, question, signal);
      const chosen = { model, text: sentences[chosenSentence(this.context.params, sentences)] };
      const explained = await explanations.get(chosen, () => api.post("/explain", chosen, { signal }));
      if (mine.signal.aborted) {
        return;
      }
      this.sentences = sentences;
      this.explained = explained;
      this.headsKey = "";
      this.hover = null;
      const now = this.context.params;
      if (example && !now.get("layer") && !now.get("pin")) {
        const attention = this.attention();
        setParams({ ...(attention && opening(example, attention)) }, { replace: true });
      }
      const sentence = this.sentence();
      this.context.announce(t("attention.ready", sentence?.source.length ?? 0, explained.translation));
    } catch (error) {
      if (isAbort(error)) {
        return;
      }
      this.explained = undefined;
      this.error = error;
    }
    if (this.running === mine) {
      this.running = undefined;
      this.draw();
    }
  }

  /** @returns {Kind} */
  kind() {
    const kind = this.context.params.get("kind");
    return KINDS.find((one) => one === kind) ?? "cross";
  }

  sentence() {
    return this.explained?.sentences[0];
  }

  attention() {
    return this.sentence()?.[FIELDS[this.kind()]];
  }

  /** All that is drawn, by the address and the explanation. */
  shown() {
    const { params, models } = this.context;
    const kind = this.kind();
    const attention = this.attention();
    if (!attention?.weights?.length) {
      return undefined;
    }
    const joinWords = params.get("words") === "1";
    const key = JSON.stringify([kind, joinWords]);
    if (key !== this.headsKey) {
      this.headsKey = key;
      this.heads = headsOf(attention, kind, joinWords);
    }
    const model = models.find(({ id }) => id === this.explained?.model);
    return shownHead(params, kind, attention, this.heads, model?.direction ?? "en-zh");
  }

  /** @param {Record<string, string | number | null | undefined>} changes @param {boolean} [replace] */
  change(changes, replace = true) {
    this.context.setParams(changes, { replace });
    this.hover = null;
    this.draw();
  }

  /** @param {import("./attention/overview.js").Choice} choice @param {boolean} [byKeyboard] */
  choose({ layer, head }, byKeyboard = false) {
    const { t, announce } = this.context;
    const columns = this.heads[0]?.length ?? 1;
    this.change({ layer: layer + 1, head: head === columns - 1 ? "mean" : head + 1 }, byKeyboard);
    const chosen = this.heads[layer]?.[head];
    if (chosen && !byKeyboard) {
      announce(t("attention.announce", layer + 1, headName(t, head, columns), two(chosen.entropy), one(chosen.distance)));
    }
  }

  draw() {
    const { t, models } = this.context;
    render(models.length ? this.template() : empty({ title: t("state.noModels"), text: t("state.noModels.text") }), this.host);
    this.drawParts();
  }

  template() {
    const { t } = this.context;
    const texts = EXAMPLES.filter(({ unlisted }) => !unlisted).map(({ text }) => text);
    return html`
      ${viewHead({ title: t("nav.attention"), lead: t("attention.lead") })}
      ${askingForm(this, texts, { layer: null, head: null, pin: null, sentence: null })}
      ${this.content()}
    `;
  }

  content() {
    const { t } = this.context;
    if (this.error !== undefined) {
      return html`${this.sentenceChoice()}${problemState(t, this.error, () => void this.run(this.text, { replace: true }))}`;
    }
    if (this.running && !this.explained) {
      return loading(t, { lines: 6 });
    }
    if (!this.sentence()) {
      return empty({ title: t("attention.empty"), text: t("attention.empty.text") });
    }
    const kind = this.kind();
    return html`
      <div class="attention-sentences">
        ${this.sentenceChoice()}
        <p class="attention-translation"><span class="field-label">${t("attention.translation")}</span> ${this.sentence()?.translation ?? ""}</p>
      </div>
      ${tabs({ label: t("attention.kind"), panel: "attention-panel", value: kind, onChange: (value) => this.change({ kind: value, layer: null, head: null, pin: null }, false),
        tabs: KINDS.map((value) => ({ value, label: html`${t(`attention.${value}.short`)}<span class="tab-more">${t(`attention.${value}.more`)}</span>` })) })}
      <div id="attention-panel" role="tabpanel" aria-label=${t(`attention.${kind}.short`) + t(`attention.${kind}.more`)} class="attention-panel ${(this.attention()?.weights[0]?.length ?? 9) <= 4 ? "side" : ""}" aria-busy=${this.running !== undefined}>
        <p class="lead">${t(`attention.${kind}.text`)}</p>
        ${this.panel()}
      </div>`;
  }

  sentenceChoice() {
    const { t, params, setParams } = this.context;
    return sentencePicker({ t, sentences: this.sentences, chosen: chosenSentence(params, this.sentences), onChange: (sentence) => {
      setParams({ sentence, pin: null });
      void this.run(this.text, { replace: true });
    } });
  }

  panel() {
    const { t, href } = this.context;
    const shown = this.shown();
    if (!shown) {
      return empty({ title: t("attention.none"), text: t("attention.none.text", this.explained?.model ?? "") });
    }
    const { kind, layer, head, columns, chosen, joinWords, threshold } = shown;
    const most = Math.log(Math.max(1, shown.keys.length));
    return html`
      <section class="card" aria-labelledby="overview-title">
        <h2 id="overview-title">${t("attention.overview")}</h2>
        ${headOverview({ t, heads: this.heads, chosen: { layer, head }, onChoose: (choice, byKeyboard) => this.choose(choice, byKeyboard) })}
        <p class="hint">${t(isDark() ? "attention.overview.text.dark" : "attention.overview.text")}</p>
      </section>
      <section class="card head-large" aria-labelledby="head-title">
        <div class="head-title">
          <h2 id="head-title">${t("attention.chosen", layer + 1, headName(t, head, columns))}</h2>
          ${head < columns - 1
            ? html`<a class="button-link" href=${href("steps", { text: this.text, sentence: this.context.params.get("sentence"),
                model: this.explained?.model, stack: kind, layer: layer + 1, head: head + 1, token: shown.pinned?.side === "query" ? shown.groups.query[shown.pinned.index]?.[0] : null })}>${t("attention.steps")} →</a>`
            : nothing}
        </div>
        <div class="head-facts">
          <dl><dt>${t("attention.entropy")}</dt><dd>${t("attention.entropy.unit", two(chosen.entropy), two(most))}
            <span class="meter" aria-hidden="true"><span .style=${`inline-size:${most ? (chosen.entropy / most) * 100 : 0}%`}></span></span></dd>
            <dd class="hint">${t("attention.entropy.text")}</dd></dl>
          <dl><dt>${t("attention.distance")}</dt><dd>${t("attention.distance.unit", two(chosen.distance))}</dd>
            <dd class="hint">${t(kind === "cross" ? "attention.distance.cross" : "attention.distance.self")}</dd></dl>
          <div class="head-options">
            ${slider({ label: t("attention.threshold"), min: 0, max: 0.5, step: 0.01, value: threshold, format: two, onInput: (value) => this.change({ min: value || null }) })}
            <div>${checkbox({ label: t("attention.average"), checked: head === columns - 1, onChange: (on) => this.change({ layer: layer + 1, head: on ? "mean" : 1 }) })}</div>
            <div>${checkbox({ label: t("attention.words"), checked: joinWords, onChange: (on) => this.change({ words: on ? 1 : null }) })}</div>
          </div>
        </div>
        <div class="head-views ${shown.keys.length > LONG ? "long" : ""}">
          <div class="head-lines-box"><h3>${t("attention.lines")}</h3><p class="hint">${t("attention.lines.hint")}</p><div class="lines-host"></div></div>
          <div class="head-map-box"><h3>${t("attention.matrix")}</h3><div class="map-host"></div></div>
        </div>
      </section>
      <div class="detail-host"></div>`;
  }

  /** The parts that draw themselves: small heat maps, lines, large heat map. */
  drawParts() {
    const overview = /** @type {HTMLElement | null} */ (this.host.querySelector(".head-overview"));
    const linesHost = /** @type {HTMLElement | null} */ (this.host.querySelector(".lines-host"));
    const mapHost = /** @type {HTMLElement | null} */ (this.host.querySelector(".map-host"));
    const shown = this.shown();
    if (!shown || !overview || !linesHost || !mapHost) {
      return;
    }
    paintOverview(overview, this.heads);
    if (this.lines?.host !== linesHost) {
      this.lines?.dispose();
      this.lines = new HeadLines(linesHost, this.events());
    }
    if (this.map?.host !== mapHost) {
      this.map?.dispose();
      this.map = new MatrixView(mapHost, {
        onPoint: (cell) => this.point(cell && { side: "query", index: cell.row }),
        onPick: (cell) => this.pinPlace(cell && { side: "query", index: cell.row }),
      });
    }
    const { t } = this.context;
    const { matrix } = shown.chosen;
    const max = Math.max(0, ...matrix.map((row) => Math.max(0, ...row.filter(Number.isFinite))));
    this.map.set({
      label: t("attention.matrix.label", t("attention.chosen", shown.layer + 1, headName(t, shown.head, shown.columns)), shown.queries.length, shown.keys.length),
      values: matrix, rows: shown.queries, columns: shown.keys, rowsTitle: t("attention.query"), columnsTitle: t("attention.key"),
      domain: [shown.threshold, Math.max(max, shown.threshold + 0.01)], square: true, maxCell: 36, format: two,
      row: shown.pinned?.side === "query" ? shown.pinned.index : null, column: shown.pinned?.side === "key" ? shown.pinned.index : null,
    });
    this.drawActive();
  }

  events() {
    return { onPoint: (/** @type {Place | null} */ place) => this.point(place), onPin: (/** @type {Place | null} */ place) => this.pinPlace(place) };
  }

  /** @param {Place | null} place */
  point(place) {
    if (place?.side !== this.hover?.side || place?.index !== this.hover?.index) {
      this.hover = place;
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this.drawActive());
    }
  }

  /** What follows the pointer: the lines and the token in detail. */
  drawActive() {
    const shown = this.shown();
    const detailHost = /** @type {HTMLElement | null} */ (this.host.querySelector(".detail-host"));
    if (!shown || !this.lines || !detailHost) {
      return;
    }
    const data = {
      weights: shown.chosen.matrix, queries: shown.queries, keys: shown.keys, threshold: shown.threshold,
      queriesTitle: this.context.t("attention.queries"), keysTitle: this.context.t("attention.keys"),
      queryLanguage: shown.language.query, keyLanguage: shown.language.key, querySide: shown.side.query, keySide: shown.side.key,
      active: this.hover ?? shown.pinned, pinned: shown.pinned,
    };
    this.lines.set(data);
    render(tokenDetail({ t: this.context.t, data, queryPieces: shown.queryPieces, keyPieces: shown.keyPieces, events: this.events() }), detailHost);
  }

  /** @param {Place | null} place */
  pinPlace(place) {
    const shown = this.shown();
    if (!shown) {
      return;
    }
    const same = place && place.side === shown.pinned?.side && place.index === shown.pinned.index;
    const token = place && !same ? shown.groups[place.side][place.index]?.[0] : undefined;
    this.change({ pin: token === undefined || !place ? null : `${place.side === "key" ? "k" : ""}${token}` });
    if (token !== undefined && place?.side === "query") {
      const [best] = top(shown.chosen.matrix[place.index] ?? [], 1);
      this.context.announce(this.context.t("attention.announce.pin", shown.queries[place.index] ?? "", best ? `${shown.keys[best.index]} ${weightText(best.value)}` : ""));
    }
  }
}
