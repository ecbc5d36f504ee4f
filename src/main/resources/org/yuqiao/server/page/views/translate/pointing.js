// @ts-check
/** The token that is pointed at, and the explanations that say what it attends to. */
import { attended, beginnings, lit, placesOf } from "./attended.js";
import { isBlank } from "./sentences.js";

/** @typedef {import("../../api.js").Explanation} Explanation */
/** @typedef {import("./sentences.js").Sentence} Sentence */
/** @typedef {{sentence: number, side: "source" | "target", token: number}} Pointed */

export class Pointing {
  /** @param {import("../../app.js").Context["api"]} api @param {() => void} redraw */
  constructor(api, redraw) {
    this.api = api;
    this.redraw = redraw;
    /** @type {Pointed | null} */
    this.at = null;
    /** @type {Map<number, Explanation | "loading" | "none">} by sentence */
    this.explanations = new Map();
  }

  /** Forgets the text before. */
  clear() {
    this.at = null;
    this.explanations = new Map();
  }

  /** @param {number} index @param {Sentence | undefined} sentence @param {string} model @param {AbortSignal} signal */
  async explain(index, sentence, model, signal) {
    const { explanations } = this;
    if (!sentence?.done || isBlank(sentence) || sentence.note || explanations.has(index)) {
      return;
    }
    explanations.set(index, "loading");
    try {
      const answer = await this.api.post("/explain", { model, text: sentence.source }, { signal });
      const found = /** @type {Explanation[]} */ (answer.sentences);
      explanations.set(index, found.length === 1 && found[0] ? found[0] : "none");
    } catch {
      explanations.set(index, "none");
    }
    if (!signal.aborted) {
      this.redraw();
    }
  }

  /** Whether that is news. @param {Pointed | null} at */
  move(at) {
    const same = at?.sentence === this.at?.sentence && at?.token === this.at?.token && at?.side === this.at?.side;
    this.at = at;
    return !same;
  }

  /** The token of a sentence that is pointed at. @param {number} sentence @param {"source" | "target"} side */
  tokenOf(sentence, side) {
    return this.at?.sentence === sentence && this.at.side === side ? this.at.token : null;
  }

  /** The explanation of the sentence that is pointed at. */
  get explanation() {
    return this.at ? this.explanations.get(this.at.sentence) : undefined;
  }

  /** The weights that light up tokens of a side of a sentence. @param {number} sentence @param {"source" | "target"} side */
  weightsOf(sentence, side) {
    const { at } = this;
    const explanation = this.explanations.get(sentence);
    if (!at || at.sentence !== sentence || at.side === side || typeof explanation !== "object") {
      return undefined;
    }
    const matrix = attended(explanation);
    return side === "source" ? matrix[at.token] : matrix.map((row) => row[at.token] ?? 0);
  }

  /** The weights of the tokens on the other side. */
  get weights() {
    return (this.at && this.weightsOf(this.at.sentence, this.at.side === "target" ? "source" : "target")) ?? [];
  }

  /** Light on the source text, by place. @param {string} text @param {readonly Sentence[]} sentences */
  lights(text, sentences) {
    const { at, explanation } = this;
    if (!at || typeof explanation !== "object") {
      return [];
    }
    const from = beginnings(text, sentences)[at.sentence] ?? -1;
    const weights = at.side === "source" ? explanation.source.map((_, index) => (index === at.token ? 1 : 0)) : lit(this.weights);
    const places = from < 0 ? [] : placesOf(text, from, explanation.source);
    return places.flatMap((place, index) => (place && weights[index] ? [{ from: place[0], to: place[1], weight: weights[index] }] : []));
  }
}
