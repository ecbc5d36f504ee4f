// @ts-check
import { html, nothing } from "lit-html";
import { number } from "../../i18n.js";
import { category } from "../../parts/color.js";

/** @typedef {import("../../app.js").Context} Context */

/**
 * @typedef {object} Run
 * @property {string} id
 * @property {string} name
 * @property {string} state `running`, `complete`, `stopped` or `failed`
 * @property {string} [direction]
 * @property {number} step
 * @property {number} minutes
 * @property {Record<string, number>} [best] scores by metric
 * @property {Record<string, number>} [test] scores of the test split, once complete
 * @property {string} [failure] why it failed, in one line
 * @property {string} [started]
 */

/**
 * @typedef {object} RunMore
 * @property {Record<string, unknown>} settings those that differ from the defaults
 * @property {import("./series.js").Curves} curves
 * @property {{step: number, items: {source: string, reference?: string, translation: string}[]}[]} [samples]
 */

/** @typedef {Run & RunMore} RunDetail */

/**
 * The runs with their state; a tick shows a run in the charts.
 *
 * @param {Context} context
 * @param {Run[]} runs
 * @param {(id: string) => number} colorOf the index of a run's color; -1 if it is not shown
 * @param {(id: string) => void} onToggle
 * @param {boolean} full whether no further run can be shown
 */
export function runList({ t }, runs, colorOf, onToggle, full) {
  return html`<section class="runs-list" aria-labelledby="runs-list-title">
    <h2 id="runs-list-title">${t("list")}</h2>
    <ul>
      ${runs.map((run) => {
        const color = colorOf(run.id);
        return html`<li class=${color >= 0 ? "shown" : ""}>
          <label>
            <input type="checkbox" .checked=${color >= 0} ?disabled=${full && color < 0} @change=${() => onToggle(run.id)} />
            <span class="run-name"><span class="swatch" .style=${`background:${color >= 0 ? category(color) : "transparent"}`}></span>${run.name}</span>
            <span class="run-state ${run.state}">${t(`state.${run.state}`)}</span>
            <span class="run-facts">
              ${run.direction ? html`<span>${run.direction}</span>` : nothing}
              <span>${t("step", number(run.step))}</span>
              <span>${duration(t, run.minutes)}</span>
              ${scores(t, run.test ? "test" : "best", run.test ?? run.best ?? {})}
            </span>
            ${run.failure ? html`<span class="run-failure">${run.failure}</span>` : nothing}
          </label>
        </li>`;
      })}
    </ul>
  </section>`;
}

/** @param {Context["t"]} t @param {number} minutes */
function duration(t, minutes) {
  return minutes >= 90 ? t("hours", number(minutes / 60, { maximumFractionDigits: 1 })) : t("minutes", number(minutes, { maximumFractionDigits: minutes < 10 ? 1 : 0 }));
}

/** The first two scores. @param {Context["t"]} t @param {"test" | "best"} key @param {Record<string, number>} of */
function scores(t, key, of) {
  return Object.entries(of)
    .slice(0, 2)
    .map(([metric, value]) => html`<span>${t(key, t(`curve.${metric}`), number(value, { maximumFractionDigits: 1 }))}</span>`);
}
