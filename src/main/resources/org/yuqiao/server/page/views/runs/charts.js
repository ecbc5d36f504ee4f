// @ts-check
import { number } from "../../i18n.js";
import { category } from "../../parts/color.js";
import { shortNumber } from "../../parts/heat-map.js";
import { LineChart } from "../../parts/line-chart.js";
import { points, smooth } from "./series.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("./run-list.js").RunDetail} RunDetail */
/** @typedef {import("./series.js").Point} Point */

/** The curves in the order shown; others follow. */
const ORDER = ["loss", "validation loss", "bleu", "chrf", "learningRate"];
const LOSSES = new Set(["loss", "validation loss"]);
/** One number for the whole run rather than a curve. */
const LEFT_OUT = new Set(["peakMemoryBytes"]);

/**
 * @typedef {object} Look
 * @property {"step" | "minutes"} axis
 * @property {boolean} log the axis of the losses
 * @property {number} smoothing of the training's curves, from 0 to below 1
 */

/** One chart per curve, each with all shown runs. */
export class Charts {
  /** @param {HTMLElement} host @param {Context} context */
  constructor(host, context) {
    this.host = host;
    this.context = context;
    /** @type {Map<string, {card: HTMLElement, title: HTMLElement, chart: LineChart}>} */
    this.cards = new Map();
  }

  dispose() {
    for (const { chart } of this.cards.values()) {
      chart.dispose();
    }
  }

  /** @param {{run: RunDetail, color: number}[]} runs @param {Look} look */
  set(runs, look) {
    const names = [...new Set([...ORDER, ...runs.flatMap(({ run }) => Object.keys(run.curves))])].filter(
      (name) => !LEFT_OUT.has(name) && runs.some(({ run }) => run.curves[name]?.length),
    );
    for (const [name, { card, chart }] of this.cards) {
      if (!names.includes(name)) {
        chart.dispose();
        card.remove();
        this.cards.delete(name);
      }
    }
    names.forEach((name, index) => {
      const { card, title, chart } = this.cards.get(name) ?? this.create(name);
      title.textContent = this.nameOf(name);
      chart.set(this.dataOf(name, runs, look));
      if (this.host.children[index] !== card) {
        this.host.insertBefore(card, this.host.children[index] ?? null);
      }
    });
  }

  /** @param {string} name */
  create(name) {
    const card = document.createElement("section");
    card.className = "card runs-chart";
    card.dataset.curve = name;
    const title = document.createElement("h3");
    const place = document.createElement("div");
    card.append(title, place);
    this.host.append(card);
    const created = { card, title, chart: new LineChart(place, this.context.t) };
    this.cards.set(name, created);
    return created;
  }

  /** @param {string} name */
  nameOf(name) {
    const key = `curve.${name}`;
    const text = this.context.t(key);
    return text === key ? name : text;
  }

  /** @param {string} name @param {{run: RunDetail, color: number}[]} runs @param {Look} look */
  dataOf(name, runs, { axis, log, smoothing }) {
    const { t } = this.context;
    const curves = runs.map(({ run, color }) => ({ run, color, raw: points(run.curves[name] ?? [], axis) }));
    const many = Math.max(...curves.map(({ raw }) => raw.length)) > 20;
    const weight = many && name !== "learningRate" ? smoothing : 0;
    const title = this.nameOf(name);
    const last = curves
      .map(({ run, raw }) => ({ run, value: raw.at(-1)?.y }))
      .filter(({ value }) => value !== undefined)
      .map(({ run, value }) => `${run.name} ${shortNumber(Number(value))}`);
    return {
      label: t("curve.label", title, t(`axis.${axis}`), last.join(", ")),
      xLabel: t(`axis.${axis}`),
      xFormat: (/** @type {number} */ x) => number(x, { maximumFractionDigits: 1, notation: x >= 10_000 ? "compact" : "standard" }),
      ...(name === "learningRate" && { yFormat: (/** @type {number} */ y) => number(y, { maximumSignificantDigits: 3, maximumFractionDigits: 8 }) }),
      yLog: log && LOSSES.has(name),
      height: 220,
      legend: false,
      series: [
        ...curves.map(({ run, color, raw }) => ({ id: run.id, name: run.name, color: category(color), points: pairs(smooth(raw, weight)) })),
        ...(weight > 0
          ? curves.map(({ run, color, raw }) => ({ id: `${run.id} raw`, name: t("raw", run.name), color: category(color), points: pairs(raw), faint: true }))
          : []),
      ],
    };
  }
}

/** @param {Point[]} curve @returns {[number, number][]} */
function pairs(curve) {
  return curve.map(({ x, y }) => [x, y]);
}
