// @ts-check
import { html } from "lit-html";
import { number } from "../../i18n.js";
import { slider } from "../../parts/controls.js";

/** @typedef {import("../../app.js").Context} Context */

/** @typedef {{temperature: number, topK: number, topP: number}} Sampling topK 0 and topP 1 keep all tokens */

/**
 * Sliders for temperature, top-k and top-p.
 *
 * @param {Context} context
 * @param {Sampling} sampling
 * @param {(change: Partial<Sampling>) => void} onChange while a slider moves
 */
export function samplingSliders({ t }, sampling, onChange) {
  /** @param {number} value */
  const hundredths = (value) => number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return html`
    ${slider({
      label: t("next.temperature"),
      hint: t("next.temperature.hint"),
      min: 0.1,
      max: 3,
      step: 0.05,
      value: sampling.temperature,
      format: hundredths,
      onInput: (temperature) => onChange({ temperature }),
    })}
    ${slider({
      label: t("next.topK"),
      hint: t("next.topK.hint"),
      min: 0,
      max: 30,
      value: sampling.topK,
      format: (value) => (value === 0 ? t("next.topK.off") : String(value)),
      onInput: (topK) => onChange({ topK }),
    })}
    ${slider({
      label: t("next.topP"),
      hint: t("next.topP.hint"),
      min: 0.05,
      max: 1,
      step: 0.01,
      value: sampling.topP,
      format: hundredths,
      onInput: (topP) => onChange({ topP }),
    })}`;
}
