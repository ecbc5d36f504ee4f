// @ts-check
/** One number of a step, worked out from the numbers before it. Pure: texts and numbers only. */

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {{row: number, column: number}} Cell */
/** @typedef {{formula?: string, key?: string, args?: (string | number)[]}} Line a formula, or a text by key */

const TERMS = 3;

/** Every digit of a number of the model. @param {number} value */
export function digits(value) {
  return Number.isFinite(value) ? String(value).replaceAll("-", "−") : "−∞";
}

/** Seven digits, for what is computed here. @param {number} value */
export function rounded(value) {
  return digits(Number(value.toPrecision(7)));
}

/** Fewer digits, inside of sums. @param {number} value */
export function short(value) {
  return digits(Number(value.toPrecision(4)));
}

/** In brackets if negative. @param {number} value */
function factor(value) {
  return value < 0 ? `(${short(value)})` : short(value);
}

/** @param {ArrayLike<number>} row */
export function sumOf(row) {
  return Array.from(row).reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0);
}

/** @param {ArrayLike<number>} row */
function moments(row) {
  const values = Array.from(row);
  const mean = sumOf(values) / values.length;
  return { mean, deviation: Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / values.length) };
}

/** The sum of products of two rows: its largest terms, and how many more there are. @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export function products(a, b) {
  const terms = Array.from(a, (x, index) => ({ x, y: Number(b[index] ?? 0) })).filter(({ x, y }) => x * y !== 0);
  const sorted = [...terms].sort((p, q) => Math.abs(q.x * q.y) - Math.abs(p.x * p.y));
  const shown = sorted.slice(0, TERMS).map(({ x, y }) => `${factor(x)}·${factor(y)}`);
  const text = shown.join(" + ") + (terms.length > TERMS ? " + …" : "");
  return { text, more: Math.max(0, terms.length - TERMS), sum: sumOf(terms.map(({ x, y }) => x * y)) };
}

/**
 * @param {Trace} trace
 * @param {number} index of the step
 * @param {Cell} cell
 * @returns {Line[]}
 */
export function workedOut(trace, index, { row, column }) {
  const { steps } = trace;
  const step = /** @type {Step} */ (steps[index]);
  const before = steps.slice(0, index);
  const last = (/** @type {string[]} */ ...ids) => before.findLast(({ id }) => ids.includes(id));
  const at = (/** @type {Step | undefined} */ from, r = row, c = column) => Number(from?.values[r]?.[c] ?? Number.NaN);
  const value = at(step);
  const name = step.rows[row] ?? "";
  const symbol = `${step.symbol}[${name}, ${step.columns[column] ?? column}]`;
  /** @param {Step | undefined} a @param {Step | undefined} b @returns {Line[]} */
  const added = (a, b) => (a && b ? [{ formula: `${symbol} = ${digits(at(a))} + ${factorOf(at(b))} = ${digits(value)}` }] : plain());
  /** @returns {Line[]} */
  const plain = () => [{ formula: `${symbol} = ${digits(value)}` }];
  /** @param {Step | undefined} from @returns {Line[]} */
  const normed = (from) => {
    if (!from || !from.values[row]) {
      return plain();
    }
    const { mean, deviation } = moments(from.values[row]);
    const z = Array.from(from.values[row], (x) => (x - mean) / Math.sqrt(deviation ** 2 + 1e-5));
    const after = moments(z);
    return [
      { formula: `(${short(at(from))} − ${factor(mean)}) / ${short(deviation)} = ${short(Number(z[column]))} → ${symbol} = ${digits(value)}` },
      { key: "steps.row.norm", args: [name, short(mean), short(deviation), short(Math.abs(after.mean) < 1e-9 ? 0 : after.mean), short(after.deviation)] },
    ];
  };
  /** @param {{more: number}} dot @returns {Line[]} */
  const more = (dot) => (dot.more ? [{ key: "steps.terms", args: [dot.more] }] : []);
  /** @type {Record<string, () => Line[]>} */
  const ways = {
    tokens: () => [{ key: "steps.id.of", args: [name, value, steps.find(({ id }) => id === "one-hot")?.shape[1] ?? "…"] }],
    "one-hot": () => [{ formula: `${step.symbol}[${name}, ${column}] = 1` }],
    position: () => (/sin/.test(step.formula) ? [{ formula: sinusoid(step, row, column, value) }] : plain()),
    input: () => added(last("embedding"), last("position")),
    norm: () => normed(last("residual") ?? last("layer-input", "input")),
    "norm-2": () => normed(last("residual-2") ?? last("after-cross", "residual", "norm")),
    scores: () => {
      const q = last("query", "positioned-query");
      const k = last("key", "positioned-key");
      const dot = products(q?.values[row] ?? [], k?.values[column] ?? []);
      return [{ formula: `${q?.symbol}[${name}] · ${k?.symbol}[${step.columns[column] ?? column}] = ${dot.text} = ${digits(value)}` }, ...more(dot)];
    },
    scaled: () => {
      const size = steps.find(({ id }) => id === "query")?.shape[1] ?? 0;
      return [{ formula: `${symbol} = ${digits(at(last("scores")))} / √${size} = ${digits(at(last("scores")))} / ${short(Math.sqrt(size))} = ${digits(value)}` }];
    },
    "positioned-scores": () => added(last("scaled", "scores"), last("position-term")),
    masked: () => [
      { formula: `${symbol} = ${digits(value)}` },
      { key: Number.isFinite(value) ? "steps.mask.open" : "steps.mask.hidden", args: Number.isFinite(value) ? [name, step.columns[column] ?? ""] : [step.columns[column] ?? "", name] },
    ],
    weights: () => {
      const scores = last("masked", "scaled", "scores");
      const row_ = scores?.values[row] ?? [];
      const total = sumOf(Array.from(row_, (score) => (Number.isFinite(score) ? Math.exp(score) : 0)));
      const exp = /exp/.test(step.formula);
      return [
        ...(exp ? [{ formula: `${symbol} = exp(${digits(at(scores))}) / Σ exp = ${short(Number.isFinite(at(scores)) ? Math.exp(at(scores)) : 0)} / ${short(total)} = ${digits(value)}` }] : plain()),
        sumLine(name, sumOf(step.values[row] ?? [])),
      ];
    },
    "head-output": () => {
      const dot = products(last("weights")?.values[row] ?? [], (last("value")?.values ?? []).map((v) => Number(v[column])));
      return [{ formula: `${symbol} = Σ A·V = ${dot.text} = ${digits(value)}` }, ...more(dot)];
    },
    concatenated: () => {
      const size = last("head-output")?.shape[1] ?? 1;
      return [...plain(), { key: "steps.head.of", args: [column, Math.floor(column / size) + 1] }];
    },
    residual: () => added(last("layer-input", "input"), last("projected")),
    activation: () => (/max\(0/.test(step.formula) ? [{ formula: `${symbol} = max(0, ${digits(at(last("feed-forward-1")))}) = ${digits(value)}` }] : plain()),
    gated: () => [{ formula: `${symbol} = ${digits(at(last("activation")))} · ${factorOf(at(last("gate")))} = ${digits(value)}` }],
    "residual-2": () => {
      const afterNorm = before.findIndex(({ id }) => id === "norm") > before.findIndex(({ id }) => id === "residual");
      return added(last("after-cross") ?? (afterNorm ? last("norm") : last("residual")), last("feed-forward-2"));
    },
    logits: () => [],
    probabilities: () => [],
  };
  return ways[step.id]?.() ?? plain();
}

/** @param {number} value */
function factorOf(value) {
  return value < 0 ? `(${digits(value)})` : digits(value);
}

/** @param {string} name @param {number} sum @returns {Line} */
function sumLine(name, sum) {
  const near = Math.abs(sum - 1) < 1e-5 && rounded(sum) !== "1";
  return { key: near ? "steps.sum.near" : "steps.sum", args: [name, rounded(sum)] };
}

/** @param {Step} step @param {number} row @param {number} column @param {number} value */
function sinusoid(step, row, column, value) {
  const pair = column - (column % 2);
  return `${step.symbol}[${row}, ${column}] = ${column % 2 ? "cos" : "sin"}(${row} / 10000^(${pair}/${step.shape[1]})) = ${digits(value)}`;
}
