// @ts-check
/** Which source tokens a target token attends to, and where those stand in the text. */
import { bare, isSpecial } from "../../parts/text.js";

/** @typedef {import("../../api.js").Explanation} Explanation */

/** The decoder layer whose cross-attention aligns best, as for word alignments: the last but one. @param {Explanation} explanation */
export function alignmentLayer({ cross }) {
  return Math.max(0, cross.weights.length - 2);
}

/**
 * The cross-attention `[target][source]` of the alignment layer, averaged over heads.
 *
 * @param {Explanation} explanation
 * @returns {number[][]}
 */
export function attended(explanation) {
  const heads = explanation.cross.weights[alignmentLayer(explanation)] ?? [];
  return (heads[0] ?? []).map((row, target) =>
    row.map((_, source) => heads.reduce((sum, head) => sum + (head[target]?.[source] ?? 0), 0) / heads.length),
  );
}

/**
 * Weights in relation to the largest, so that the strongest is lit fully.
 *
 * @param {readonly number[]} weights
 */
export function lit(weights) {
  const max = Math.max(...weights, 1e-9);
  return weights.map((weight) => (weight < 0.02 ? 0 : weight / max));
}

/**
 * The places `[from, to)` of tokens in a text; what normalization changed beyond recognition has none.
 *
 * @param {string} text
 * @param {number} from where the sentence begins
 * @param {readonly string[]} tokens
 * @returns {([number, number] | undefined)[]}
 */
export function placesOf(text, from, tokens) {
  const searched = text.toLowerCase();
  let at = from;
  return tokens.map((token) => {
    const word = bare(token).toLowerCase();
    if (!word || isSpecial(token)) {
      return undefined;
    }
    const found = searched.indexOf(word, at);
    if (found < 0 || found - at > 12) {
      return undefined;
    }
    at = found + word.length;
    return [found, at];
  });
}

/**
 * Where each sentence begins in the text; -1 if it is not found.
 *
 * @param {string} text
 * @param {readonly ({source: string} | undefined)[]} sentences
 */
export function beginnings(text, sentences) {
  let at = 0;
  return sentences.map((sentence) => {
    const found = sentence?.source ? text.indexOf(sentence.source, at) : -1;
    if (found >= 0) {
      at = found + (sentence?.source.length ?? 0);
    }
    return found;
  });
}
