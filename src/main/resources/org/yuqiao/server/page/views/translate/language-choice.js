// @ts-check
import { html, nothing } from "lit-html";
import { segmented, select } from "../../parts/controls.js";
import { languages } from "../../parts/text.js";

/** @typedef {import("../../api.js").Model} Model */

/**
 * The language of the source, chosen or detected, and the model where several translate from it.
 *
 * @param {object} choice
 * @param {import("../../i18n.js").Translate} choice.t
 * @param {Model[]} choice.models
 * @param {string} choice.chosen the id of a model; "" to detect the language
 * @param {Model | undefined} choice.used the model that translates
 * @param {string} choice.detected the language of the text; "" without text
 * @param {(language: string) => void} choice.onLanguage "" to detect it
 * @param {(id: string) => void} choice.onModel
 */
export function languageChoice({ t, models, chosen, used, detected, onLanguage, onModel }) {
  const fixed = models.find(({ id }) => id === chosen);
  const sources = [...new Set(models.map(({ direction }) => languages(direction).source))];
  const detect = detected && !fixed ? t("source.detected", t(`language.${detected}`)) : t("source.detect");
  const rivals = models.filter(({ direction }) => direction === used?.direction);
  return html`${segmented({
    label: t("source.language"),
    value: fixed ? languages(fixed.direction).source : "",
    options: [{ value: "", label: detect }, ...sources.map((value) => ({ value, label: t(`language.${value}`) }))],
    onChange: onLanguage,
  })}
  ${rivals.length > 1
    ? html`<div class="translate-model">${select({
        label: t("model.label"),
        value: used?.id ?? "",
        options: rivals.map(({ id, name }) => ({ value: id, label: name })),
        onChange: onModel,
      })}</div>`
    : nothing}`;
}
