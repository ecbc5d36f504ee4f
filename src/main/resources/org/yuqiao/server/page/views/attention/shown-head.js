// @ts-check
/** All heads of one kind of attention, and the one that the address chooses. */
import { labels, languages } from "../../parts/text.js";
import { average, masked, meanDistance, meanEntropy, merged, words } from "./measures.js";

/** @typedef {import("../../api.js").AttentionWeights} AttentionWeights */
/** @typedef {import("./head-lines.js").Place} Place */
/** @typedef {import("./measures.js").Kind} Kind */
/** @typedef {import("./overview.js").Head} Head */
/** @typedef {{query: number[][], key: number[][]}} Groups tokens by what is shown: themselves, or words */

/** @param {AttentionWeights} attention @param {boolean} joinWords @returns {Groups} */
function groupsOf({ queries, keys }, joinWords) {
  const groups = (/** @type {string[]} */ tokens) => (joinWords ? words(tokens) : tokens.map((_, index) => [index]));
  return { query: groups(queries), key: groups(keys) };
}

/** The heads of each layer and their mean. @param {AttentionWeights} attention @param {Kind} kind @param {boolean} joinWords @returns {Head[][]} */
export function headsOf(attention, kind, joinWords) {
  const { query, key } = groupsOf(attention, joinWords);
  return attention.weights.map((layer) => [...layer, average(layer)].map((raw) => {
    const matrix = joinWords ? merged(raw, query, key) : raw;
    return { matrix: kind === "decoder" ? masked(matrix) : matrix, entropy: meanEntropy(matrix), distance: meanDistance(matrix) };
  }));
}

/**
 * @param {URLSearchParams} params of the address
 * @param {Kind} kind
 * @param {AttentionWeights} attention
 * @param {Head[][]} heads
 * @param {string} direction of the model
 */
export function shownHead(params, kind, attention, heads, direction) {
  const joinWords = params.get("words") === "1";
  const groups = groupsOf(attention, joinWords);
  const pieces = (/** @type {string[]} */ tokens, /** @type {number[][]} */ parts) => parts.map((part) => part.map((index) => tokens[index]).join(""));
  const columns = heads[0]?.length ?? 1;
  const clamp = (/** @type {number} */ value, /** @type {number} */ count) => Math.max(0, Math.min(count - 1, value));
  const layer = clamp((Number(params.get("layer")) || 1) - 1, heads.length);
  const head = params.get("head") === "mean" ? columns - 1 : clamp((Number(params.get("head")) || 1) - 1, columns - 1);
  const language = languages(direction);
  const queryPieces = pieces(attention.queries, groups.query);
  const keyPieces = pieces(attention.keys, groups.key);
  return {
    kind, layer, head, columns, groups, queryPieces, keyPieces, joinWords,
    pinned: pinnedPlace(params.get("pin"), groups),
    chosen: /** @type {Head} */ (heads[layer]?.[head]),
    queries: labels(queryPieces),
    keys: labels(keyPieces),
    threshold: Math.max(0, Math.min(0.9, Number(params.get("min")) || 0)),
    language: { query: kind === "encoder" ? language.source : language.target, key: kind === "decoder" ? language.target : language.source },
    side: { query: /** @type {"source" | "target"} */ (kind === "encoder" ? "source" : "target"), key: /** @type {"source" | "target"} */ (kind === "decoder" ? "target" : "source") },
  };
}

/** The pinned token as a place among what is shown. @param {string | null} parameter @param {Groups} groups @returns {Place | null} */
function pinnedPlace(parameter, groups) {
  const pin = /^(k?)(\d+)$/.exec(parameter ?? "");
  if (!pin) {
    return null;
  }
  const side = pin[1] ? "key" : "query";
  const index = groups[side].findIndex((group) => group.includes(Number(pin[2])));
  return index < 0 ? null : { side, index };
}
