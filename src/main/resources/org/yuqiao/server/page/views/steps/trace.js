// @ts-check
/** The computation of one head, as the server reports it, and what follows from what. */

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string} symbol
 * @property {string} formula
 * @property {[number, number]} shape of the whole matrix
 * @property {string[]} rows
 * @property {string[]} columns
 * @property {number[][]} values NaN where masked
 * @property {{rows: number, columns: number}} [total] if values were cut
 * @property {number[] | number[][]} [ids] of the values, in a matrix over the vocabulary
 * @property {string[][]} [tokens]
 */

/**
 * @typedef {object} Trace
 * @property {string} model
 * @property {string} translation
 * @property {"encoder" | "decoder" | "cross"} stack
 * @property {number} layer
 * @property {number} head
 * @property {{token: string, id: number}[]} source
 * @property {{token: string, id: number}[]} target
 * @property {(string | {token: string, id: number})[]} [predicted]
 * @property {string[]} queries
 * @property {string[]} keys
 * @property {Step[]} steps
 */

export const GROUPS = {
  input: ["tokens", "one-hot", "embedding", "position", "input", "layer-input", "memory", "norm"],
  attention: ["query", "key", "value", "positioned-query", "positioned-key", "scores", "scaled", "position-term", "positioned-scores", "masked", "weights", "head-output"],
  layer: ["concatenated", "projected", "residual", "after-cross", "norm-2", "feed-forward-1", "activation", "gate", "gated", "feed-forward-2", "residual-2"],
  prediction: ["output", "logits", "probabilities"],
};

/** Steps between queries and keys, a cell a pair. */
export const PAIRS = ["scores", "scaled", "position-term", "positioned-scores", "masked", "weights"];
/** Steps with a row a key; a row a query in the others. */
export const OF_KEYS = ["key", "value", "positioned-key", "memory"];

/** Masked values come as null. @param {any} answer @returns {Trace} */
export function traceOf(answer) {
  const steps = answer.steps.map((/** @type {any} */ step) => ({
    ...step,
    values: (step.values ?? []).map((/** @type {unknown[]} */ row) => row.map((value) => (typeof value === "number" ? value : Number.NaN))),
    columns: step.columns ?? [],
  }));
  return { ...answer, steps };
}

/**
 * The steps by group, in the order of computation; a norm after attention belongs to the rest of the layer.
 *
 * @param {readonly Step[]} steps
 */
export function grouped(steps) {
  /** @type {{group: string, steps: {step: Step, index: number}[]}[]} */
  const groups = [];
  let group = "input";
  steps.forEach((step, index) => {
    const own = Object.entries(GROUPS).find(([, ids]) => ids.includes(step.id))?.[0] ?? group;
    group = step.id === "norm" && group === "layer" ? "layer" : own;
    const last = groups.at(-1);
    if (last?.group === group) {
      last.steps.push({ step, index });
    } else {
      groups.push({ group, steps: [{ step, index }] });
    }
  });
  return groups;
}

/** @typedef {{symbol: string, shape?: [number, number], step?: string, learned?: boolean}} Operand */
/** @typedef {{parts: (Operand | string)[]}} Flow operands and the signs between them */

/**
 * What a step is computed from.
 *
 * @param {Trace} trace
 * @param {number} index
 * @returns {Flow}
 */
export function flowOf({ steps }, index) {
  const step = /** @type {Step} */ (steps[index]);
  const before = steps.slice(0, index);
  const width = steps.find(({ id }) => id === "embedding")?.shape[1] ?? 0;
  const rows = step.shape[0];
  /** The last earlier step of these. @param {string[]} ids @returns {Operand} */
  const from = (...ids) => {
    const found = before.findLast(({ id }) => ids.includes(id));
    return found ? { symbol: found.symbol, shape: found.shape, step: found.id } : { symbol: "…" };
  };
  /** @param {string} symbol @param {number} height @param {number} columns @returns {Operand} */
  const learned = (symbol, height, columns) => ({ symbol, shape: [height, columns], learned: true });
  const read = (/** @type {string[]} */ ...also) => from("input", "layer-input", "norm", ...also);
  const key = from("key", "positioned-key");
  /** @type {Record<string, () => (Operand | string)[]>} */
  const flows = {
    "one-hot": () => [from("tokens")],
    embedding: () => [from("one-hot"), "×", learned("W_E", step.shape[1] && from("one-hot").shape?.[1] || 0, width)],
    input: () => [from("embedding"), "+", from("position")],
    "layer-input": () => [from("input")],
    norm: () => ["LayerNorm", from("input", "layer-input", "residual")],
    query: () => [read(), "×", learned("W_Q", width, step.shape[1])],
    key: () => [before.some(({ id }) => id === "memory") ? from("memory") : read(), "×", learned("W_K", width, step.shape[1])],
    value: () => [before.some(({ id }) => id === "memory") ? from("memory") : read(), "×", learned("W_V", width, step.shape[1])],
    "positioned-query": () => [from("query")],
    "positioned-key": () => [from("key")],
    scores: () => [from("query", "positioned-query"), "×", { ...key, symbol: `${key.symbol}ᵀ`, ...(key.shape && { shape: [key.shape[1], key.shape[0]] }) }],
    scaled: () => [from("scores"), `÷ √${steps.find(({ id }) => id === "query")?.shape[1] ?? "d_k"}`],
    "positioned-scores": () => [from("scores", "scaled"), "+", from("position-term")],
    masked: () => [from("scores", "scaled", "positioned-scores"), "−∞"],
    weights: () => ["softmax", from("masked")],
    "head-output": () => [from("weights"), "×", from("value")],
    concatenated: () => [from("head-output"), "|", { symbol: "…", shape: [rows, step.shape[1] - (from("head-output").shape?.[1] ?? 0)] }],
    projected: () => [from("concatenated"), "×", learned("W_O", width, step.shape[1])],
    residual: () => [from("input", "layer-input"), "+", from("projected")],
    "after-cross": () => [from("residual", "norm")],
    "norm-2": () => ["LayerNorm", from("residual", "after-cross", "residual-2")],
    "feed-forward-1": () => [from("norm", "norm-2", "residual", "after-cross"), "×", learned("W₁", width, step.shape[1])],
    activation: () => [/0, /.test(step.formula) ? "max(0, ·)" : "f", from("feed-forward-1")],
    gate: () => [from("norm-2", "residual", "after-cross", "norm"), "×", learned("V", width, step.shape[1])],
    gated: () => [from("activation"), "⊙", from("gate")],
    "feed-forward-2": () => [from("activation", "gated"), "×", learned("W₂", from("activation").shape?.[1] ?? 0, step.shape[1])],
    "residual-2": () => [from("residual", "after-cross", ...(before.findLastIndex(({ id }) => id === "norm") > before.findIndex(({ id }) => id === "residual") ? ["norm"] : [])), "+", from("feed-forward-2")],
    output: () => [from("residual-2", "norm-2")],
    logits: () => [from("output", "norm-2", "residual-2"), "×", learned("W_Eᵀ", width, step.shape[1])],
    probabilities: () => ["softmax", from("logits")],
  };
  return { parts: flows[step.id]?.() ?? [] };
}
