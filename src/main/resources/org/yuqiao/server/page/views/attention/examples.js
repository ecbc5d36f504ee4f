// @ts-check
/** Sentences of which one head is worth a look, with the token to pin and what it should look at. */

/**
 * @typedef {object} Example
 * @property {string} text
 * @property {"encoder" | "decoder" | "cross"} kind
 * @property {string} [token] to pin
 * @property {boolean} [unlisted] only linked to, from the view "Where do I see ...?"
 * @property {string} [sees] the head that looks from the token at this one most is opened
 */

/** @type {Example[]} */
export const EXAMPLES = [
  { text: "The animal didn't cross the street because it was too tired.", kind: "encoder", token: "it", sees: "anim" },
  { text: "Long time no see.", kind: "cross" },
  { text: "今天天气很好，我们去公园吧。", kind: "cross" },
  { text: "The dog didn't eat because it was ill.", kind: "encoder", token: "it", sees: "dog", unlisted: true },
  { text: "他的妻子是一名护士。", kind: "encoder", token: "他的", sees: "妻子" },
];

/**
 * The layer, head and token that an example is opened with, as far as the sentence has them.
 *
 * @param {Example} example
 * @param {import("../../api.js").AttentionWeights} attention
 * @returns {{layer?: number, head?: number, pin?: string}} from 1, as in the address
 */
export function opening({ token, sees }, attention) {
  const find = (/** @type {string[]} */ tokens, /** @type {string | undefined} */ text) =>
    text === undefined ? -1 : tokens.findIndex((piece) => piece.replace("\u2581", "") === text);
  const query = find(attention.queries, token);
  const key = find(attention.keys, sees);
  if (query < 0) {
    return {};
  }
  let best = { layer: 1, head: 1, weight: -1 };
  if (key >= 0) {
    attention.weights.forEach((heads, layer) => heads.forEach((matrix, head) => {
      const weight = matrix[query]?.[key] ?? 0;
      if (weight > best.weight) {
        best = { layer: layer + 1, head: head + 1, weight };
      }
    }));
  }
  return { ...(key >= 0 && { layer: best.layer, head: best.head }), pin: String(query) };
}
