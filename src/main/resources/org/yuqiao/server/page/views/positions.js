// @ts-check
import { html, nothing, render } from "lit-html";
import { segmented, slider, viewHead } from "../parts/controls.js";
import { latestRequest } from "../parts/latest-request.js";
import { modelFor, modelPicker } from "../parts/model-picker.js";
import { formulaLine, readableFormula } from "../parts/formula.js";
import { empty, loading, problemState } from "../parts/states.js";
import { MatrixWithCurve } from "./positions/matrix-with-curve.js";
import { thumbnail } from "./positions/thumbnail.js";

/** @typedef {import("../app.js").Context} Context */

/**
 * @typedef {object} Scheme a way to encode positions
 * @property {string} id
 * @property {"encoder" | "decoder" | "both"} stack
 * @property {"formula" | "model"} source
 * @property {number[][]} [matrix] `[positions][dimensions]`
 * @property {number[][]} [similarity] `[positions][positions]`
 * @property {number[][][]} [heads] `[heads][queries][keys]`, of relative schemes
 * @property {number} firstRow the position of the first row; below 0 where rows are distances
 * @property {string} [note]
 */

/** @typedef {{own: string, schemes: Scheme[]}} Positions */

export default {
  id: "positions",

  /** @param {HTMLElement} host @param {Context} context */
  mount(host, context) {
    const { t, params, models } = context;
    const requests = latestRequest();
    let modelId = modelFor(models, params.get("model"), params.get("text") ?? "")?.id ?? "";
    let length = Math.min(512, Math.max(8, Number(params.get("length")) || 64));
    let schemeId = params.get("scheme") ?? "";
    let head = 0;
    /** @type {Positions | undefined} */
    let positions;
    /** @type {unknown} */
    let problem;
    /** @type {number | undefined} */
    let timer;
    /** @type {MatrixWithCurve[]} */
    let plots = [];

    async function load() {
      const signal = requests.next();
      try {
        const query = new URLSearchParams({ model: modelId, length: String(length) });
        positions = /** @type {Positions} */ (await context.api.get(`/positions?${query}`, { signal }));
        problem = undefined;
      } catch (caught) {
        if (signal.aborted) {
          return;
        }
        problem = caught;
      }
      draw();
    }

    function chosen() {
      const schemes = positions?.schemes ?? [];
      return schemes.find((scheme) => keyOf(scheme) === schemeId) ?? schemes.find(({ id }) => id === positions?.own) ?? schemes[0];
    }

    /** @param {string} key */
    function choose(key) {
      schemeId = key;
      head = 0;
      context.setParams({ scheme: key === positions?.own ? null : key });
      draw();
    }

    /** @param {Scheme} scheme */
    function nameOf({ id, stack }) {
      return stack === "both" ? t(`scheme.${id}`) : t("scheme.of", t(`scheme.${id}`), t(`stack.${stack}`));
    }

    function draw() {
      render(
        html`
          ${viewHead({ title: t("title"), lead: t("lede") })}
          <div class="controls">
            ${modelPicker({
              t,
              models,
              value: modelId,
              onChange: (id) => {
                modelId = id;
                context.setParams({ model: id });
                void load();
              },
            })}
            ${slider({
              label: t("length"),
              min: 8,
              max: Math.min(256, models.find((model) => model.id === modelId)?.maxPositions ?? 128),
              step: 8,
              value: length,
              onInput: (value) => {
                length = value;
                context.setParams({ length: length === 64 ? null : length }, { replace: true });
                clearTimeout(timer);
                timer = window.setTimeout(load, 150);
                draw();
              },
            })}
          </div>
          ${problem ? problemState(t, problem, load) : positions ? body(positions) : loading(t, { lines: 6 })}
        `,
        host,
      );
      drawPlots();
    }

    /** @param {Positions} all */
    function body({ own, schemes }) {
      const scheme = chosen();
      return html`
        ${segmented({
          label: t("schemes"),
          value: scheme ? keyOf(scheme) : "",
          options: schemes.map((each) => ({ value: keyOf(each), label: html`${nameOf(each)}${each.id === own ? html` <span class="own-mark">${t("own")}</span>` : nothing}` })),
          onChange: choose,
        })}
        ${scheme ? details(scheme, own) : nothing}
        ${schemes.length > 1
          ? html`<section class="positions-together">
              <h2>${t("together")}</h2>
              <p class="hint">${t("together.lede")}</p>
              <div class="positions-thumbnails">
                ${schemes.map((each) => thumbnail(context, nameOf(each), each, each === scheme, () => choose(keyOf(each))))}
              </div>
            </section>`
          : nothing}
      `;
    }

    /** @param {Scheme} scheme @param {string} own */
    function details(scheme, own) {
      return html`<section class="positions-scheme" aria-label=${nameOf(scheme)}>
        <div class="positions-text">
          <p>${t(`scheme.${scheme.id}.text`)}</p>
          <p class="hint">
            ${t(scheme.id === own ? "ownText" : "other")} · ${t(`source.${scheme.source}`)}
          </p>
          ${scheme.note ? html`<p class="hint positions-note">${formulaLine(readableFormula(scheme.note, context.lang()))}</p>` : nothing}
        </div>
        <div class="positions-plots">
          ${scheme.matrix
            ? html`<section class="card">
                <h2>${t("matrix")}</h2>
                <p class="hint">${t("matrix.hint", t(scheme.firstRow < 0 ? "distance" : "position"))}</p>
                <div class="plot-place" data-plot="matrix"></div>
              </section>`
            : nothing}
          ${scheme.similarity
            ? html`<section class="card">
                <h2>${t("similarity")}</h2>
                <p class="hint">${t("similarity.hint")}</p>
                <div class="plot-place" data-plot="similarity"></div>
              </section>`
            : nothing}
          ${scheme.heads
            ? html`<section class="card">
                <h2>${t("bias")}</h2>
                <p class="hint">${t("bias.hint")}</p>
                ${scheme.heads.length > 1
                  ? segmented({
                      label: t("head"),
                      showLabel: true,
                      small: true,
                      value: String(head),
                      options: scheme.heads.map((_, index) => ({ value: String(index), label: String(index + 1) })),
                      onChange: (value) => {
                        head = Number(value);
                        draw();
                      },
                    })
                  : nothing}
                <div class="plot-place" data-plot="heads"></div>
              </section>`
            : nothing}
        </div>
      </section>`;
    }

    /** Fills the places of the heat maps; a place that is gone loses its plot. */
    function drawPlots() {
      const scheme = chosen();
      plots = plots.filter((plot) => {
        if (!host.contains(plot.host)) {
          plot.dispose();
        }
        return host.contains(plot.host);
      });
      for (const place of /** @type {NodeListOf<HTMLElement>} */ (host.querySelectorAll(".plot-place"))) {
        let plot = plots.find((each) => each.host === place);
        if (!plot) {
          plot = new MatrixWithCurve(place, t);
          plots.push(plot);
        }
        if (scheme) {
          plot.set(plotData(scheme, place.dataset.plot ?? ""));
        }
      }
    }

    /** @param {Scheme} scheme @param {string} kind @returns {import("./positions/matrix-with-curve.js").Plotted} */
    function plotData(scheme, kind) {
      const rows = t(scheme.firstRow < 0 ? "distance" : "position");
      if (kind === "matrix") {
        const values = scheme.matrix ?? [];
        return {
          values,
          firstRow: scheme.firstRow,
          label: t("matrix.label", values.length, values[0]?.length ?? 0),
          rowsTitle: rows,
          columnsTitle: t("dimension"),
          curve: "column",
          curveTitle: (column) => t("curve.dimension", column, rows),
        };
      }
      const values = (kind === "heads" ? scheme.heads?.[head] : scheme.similarity) ?? [];
      return {
        values,
        firstRow: kind === "heads" ? 0 : scheme.firstRow,
        label: t(kind === "heads" ? "bias.label" : "similarity.label", values.length),
        rowsTitle: kind === "heads" ? t("query") : rows,
        columnsTitle: kind === "heads" ? t("key") : rows,
        curve: "row",
        curveTitle: (row) => t(kind === "heads" ? "curve.query" : scheme.firstRow < 0 ? "curve.distance" : "curve.position", row),
      };
    }

    if (models.length === 0) {
      const drawEmpty = () => render(empty({ title: t("state.noModels"), text: t("state.noModels.text") }), host);
      drawEmpty();
      return context.onLang(drawEmpty);
    }
    draw();
    void load();
    const offLanguage = context.onLang(() => {
      plots.forEach((plot) => plot.dispose());
      plots = [];
      draw();
    });
    return () => {
      clearTimeout(timer);
      requests.stop();
      offLanguage();
      plots.forEach((plot) => plot.dispose());
    };
  },
};

/** What tells a scheme from the others of a model. @param {Scheme} scheme */
function keyOf({ id, stack }) {
  return stack === "both" ? id : `${id}-${stack}`;
}
