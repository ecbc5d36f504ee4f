// @ts-check
/** The same head of two models: its attention on both sides, and the difference of the two. */
import { html, nothing } from "lit-html";
import { segmented } from "../../parts/controls.js";
import { domainOf } from "../../parts/heat-map-paint.js";
import { HeatMap, shortNumber } from "../../parts/heat-map.js";
import { labels } from "../../parts/text.js";
import { difference, headOf, sameTokens } from "./difference.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("../../api.js").Explanation} Explanation */
/** @typedef {"a" | "b"} Side */
/** @typedef {"encoderSelf" | "decoderSelf" | "cross"} Kind */

/** @type {Side[]} */
const SIDES = ["a", "b"];
/** Names of the attention in the address, as in the view Attention. @type {Record<string, Kind>} */
const KINDS = { encoder: "encoderSelf", decoder: "decoderSelf", cross: "cross" };

export class HeadComparison {
  /**
   * @param {HTMLElement} host of the view
   * @param {Context} context
   * @param {{nameOf: (side: Side) => string, onChange: (changes: Record<string, string | number | null>) => void}} view
   */
  constructor(host, context, { nameOf, onChange }) {
    this.host = host;
    this.context = context;
    this.nameOf = nameOf;
    this.onChange = onChange;
    /** @type {Map<string, HeatMap>} */
    this.maps = new Map();
  }

  dispose() {
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

  /** @param {Explanation} a @param {Explanation} b */
  template(a, b) {
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
            onChange: (value) => this.onChange({ kind: value }),
          })}
          ${segmented({ label: t("attention.layer"), showLabel: true, value: String(this.layer), options: numbers(layers), onChange: (layer) => this.onChange({ layer }) })}
          ${segmented({
            label: t("attention.head"),
            showLabel: true,
            value: String(this.head),
            options: [...numbers(heads), { value: "0", label: t("attention.mean") }],
            onChange: (head) => this.onChange({ head }),
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
      <figcaption><span class="compare-letter ${side}" aria-hidden="true">${letter}</span> ${this.nameOf(side)}</figcaption>
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

  /** @param {Explanation} a @param {Explanation} b */
  draw(a, b) {
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

  /** Points at the same cell in the other maps. @param {string} name @param {import("../../parts/cells.js").Cell | null} cell */
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
