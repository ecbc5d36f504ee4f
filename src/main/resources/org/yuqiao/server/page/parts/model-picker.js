// @ts-check
/** Chooses the model that a view works with. */
import { number } from "../i18n.js";
import { select } from "./controls.js";
import { languages, scriptOf } from "./text.js";

/** @typedef {import("../api.js").Model} Model */
/** @typedef {import("../i18n.js").Translate} Translate */

/**
 * The model of an address, or the first one that reads the language of the text, or the first.
 *
 * @param {Model[]} models
 * @param {string | null | undefined} id
 * @param {string} text
 * @returns {Model | undefined}
 */
export function modelFor(models, id, text) {
  return (
    models.find((model) => model.id === id) ??
    models.find((model) => languages(model.direction).source === scriptOf(text)) ??
    models[0]
  );
}

/** The direction in words: Chinese → English. @param {Translate} t @param {string} direction */
export function directionName(t, direction) {
  const { source, target } = languages(direction);
  return t("direction", t(`language.${source}`), t(`language.${target}`));
}

/** What a model is, in one line. @param {Translate} t @param {Model} model */
export function modelFact(t, model) {
  const layers = model.encoderLayers === model.decoderLayers ? model.encoderLayers : `${model.encoderLayers} + ${model.decoderLayers}`;
  const millions = number(model.parameters / 1e6, { maximumFractionDigits: 1 });
  const tenThousands = number(model.parameters / 1e4, { maximumFractionDigits: 0 });
  return t("model.fact", directionName(t, model.direction), millions, layers, model.heads, tenThousands);
}

/**
 * @param {{t: Translate, models: Model[], value: string, onChange: (id: string) => void, label?: string, auto?: boolean}} picker
 *     `auto`: the first choice is "", by the language of the text
 */
export function modelPicker({ t, models, value, onChange, label = t("model.label"), auto = false }) {
  const options = models.map((model) => ({ value: model.id, label: `${model.name} (${directionName(t, model.direction)})` }));
  return select({ label, value, onChange, options: auto ? [{ value: "", label: t("model.auto") }, ...options] : options });
}
