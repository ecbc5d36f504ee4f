// @ts-check
import { html } from "lit-html";
import { number } from "../../i18n.js";
import { segmented, select } from "../../parts/controls.js";

/** @typedef {{method?: string, dimensions?: number, count?: number}} Change */

const METHODS = ["pca", "tsne"];
const COUNTS = [200, 400, 800, 2000];

/**
 * How the words are projected: method, dimensions, number of words.
 *
 * @param {object} controls
 * @param {import("../../i18n.js").Translate} controls.t
 * @param {string} controls.method
 * @param {number} controls.dimensions
 * @param {number} controls.count
 * @param {(change: Change) => void} controls.onChange
 */
export function projectionControls({ t, method, dimensions, count, onChange }) {
  return html`${segmented({
    label: t("method"),
    showLabel: true,
    value: method,
    options: METHODS.map((value) => ({ value, label: t(`method.${value}`) })),
    onChange: (value) => onChange({ method: value }),
  })}
  ${segmented({
    label: t("dimensions"),
    showLabel: true,
    value: String(dimensions),
    options: ["2", "3"].map((value) => ({ value, label: `${value}-D` })),
    onChange: (value) => onChange({ dimensions: Number(value) }),
  })}
  ${select({
    label: t("count"),
    value: String(count),
    options: COUNTS.map((n) => ({ value: String(n), label: number(n) })),
    onChange: (value) => onChange({ count: Number(value) }),
  })}`;
}
