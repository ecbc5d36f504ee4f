// @ts-check
import { html, nothing } from "lit-html";
import { number } from "../../i18n.js";
import { slider } from "../../parts/controls.js";
import { htmlLang, languages } from "../../parts/text.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("./run-list.js").RunDetail} RunDetail */

/**
 * The sample translations of a run at one step, chosen by a slider.
 *
 * @param {Context} context
 * @param {RunDetail} run
 * @param {unknown} runChoice a list of runs, if there are several
 * @param {number} chosen the index of the step; the last if beyond
 * @param {(index: number) => void} onChoose
 */
export function samples({ t }, run, runChoice, chosen, onChoose) {
  const all = run.samples ?? [];
  const index = Math.max(0, Math.min(all.length - 1, chosen));
  const at = all[index];
  const { source, target } = languages(run.direction ?? "");
  return html`<section class="card runs-samples">
    <div class="runs-heading">
      <h2>${t("samples")}</h2>
      ${runChoice}
    </div>
    ${!at
      ? html`<p class="muted">${t("samples.none")}</p>`
      : html`${all.length > 1
            ? slider({
                label: t("samples.step"),
                min: 0,
                max: all.length - 1,
                value: index,
                format: (value) => number(all[value]?.step ?? 0),
                onInput: onChoose,
              })
            : html`<p class="muted">${t("step", number(at.step))}</p>`}
          <ol class="samples">
            ${at.items.map(
              (item) => html`<li>
                <p class="source" lang=${htmlLang(source)}>${item.source}</p>
                <p class="translation" lang=${htmlLang(target)}>${item.translation}</p>
                ${item.reference ? html`<p class="reference"><span>${t("samples.reference")}</span> <span lang=${htmlLang(target)}>${item.reference}</span></p>` : nothing}
              </li>`,
            )}
          </ol>`}
  </section>`;
}
