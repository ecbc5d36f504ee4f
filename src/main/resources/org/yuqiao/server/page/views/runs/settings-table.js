// @ts-check
import { html, nothing } from "lit-html";
import { category } from "../../parts/color.js";
import { checkbox } from "../../parts/controls.js";
import { settingRows } from "./settings.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("./run-list.js").RunDetail} RunDetail */

/**
 * The settings of the chosen runs, one column each; rows that differ are marked.
 *
 * @param {Context} context
 * @param {{run: RunDetail, color: number}[]} runs
 * @param {boolean} onlyDifferences
 * @param {(only: boolean) => void} onOnly
 */
export function settingsTable({ t }, runs, onlyDifferences, onOnly) {
  const rows = settingRows(runs.map(({ run }) => run.settings));
  const several = runs.length > 1;
  const shown = several && onlyDifferences ? rows.filter((row) => row.differs) : rows;
  return html`<section class="card runs-settings">
    <div class="runs-heading">
      <h2>${t("settings")}</h2>
      ${several ? checkbox({ label: t("settings.differ"), checked: onlyDifferences, onChange: onOnly }) : nothing}
    </div>
    <p class="hint">${t("settings.lede")}</p>
    ${shown.length === 0
      ? html`<p class="muted">${t(rows.length ? "settings.same" : "settings.none")}</p>`
      : html`<div class="table-scroll" tabindex="0" role="region" aria-label=${t("settings")}>
          <table>
            <thead><tr>
              <th scope="col">${t("settings.key")}</th>
              ${runs.map(({ run, color }) => html`<th scope="col"><span class="swatch" .style=${`background:${category(color)}`}></span>${run.name}</th>`)}
            </tr></thead>
            <tbody>
              ${shown.map(
                ({ key, values, differs }) => html`<tr class=${several && differs ? "differs" : ""}>
                  <th scope="row"><code>${key}</code>${several && differs ? html`<span class="visually-hidden">, ${t("settings.differs")}</span>` : nothing}</th>
                  ${values.map((value) => html`<td>${value || html`<span class="muted">${t("settings.default")}</span>`}</td>`)}
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`}
  </section>`;
}
