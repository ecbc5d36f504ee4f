// @ts-check
import { html, nothing, render } from "lit-html";
import { category } from "../parts/color.js";
import { segmented, select, slider, viewHead } from "../parts/controls.js";
import { DASHES } from "../parts/line-chart.js";
import { empty, loading, problemState } from "../parts/states.js";
import { percent } from "../i18n.js";
import { Charts } from "./runs/charts.js";
import { LiveRun } from "./runs/live-run.js";
import { runList } from "./runs/run-list.js";
import { samples } from "./runs/samples.js";
import { settingsTable } from "./runs/settings-table.js";

/** @typedef {import("../app.js").Context} Context */
/** @typedef {import("./runs/run-list.js").Run} Run */
/** @typedef {import("./runs/run-list.js").RunDetail} RunDetail */

const MAX_SHOWN = 6;
const REFRESH = 15_000;
const COMMAND = "./yuqiao train experiments/quickstart.yaml --out runs/mine";

export default {
  id: "runs",

  /** @param {HTMLElement} host @param {Context} context */
  mount(host, context) {
    const { t, params } = context;
    const stop = new AbortController();
    /** @type {Run[] | undefined} */
    let runs;
    /** @type {unknown} */
    let problem;
    /** The shown runs by color; a run keeps its color while others come and go. @type {(LiveRun | undefined)[]} */
    const slots = Array.from({ length: MAX_SHOWN }, () => undefined);
    /** @type {import("./runs/charts.js").Look} */
    let look = {
      axis: params.get("axis") === "minutes" ? "minutes" : "step",
      log: params.get("scale") === "log",
      smoothing: Math.min(0.95, Math.max(0, Number(params.get("smoothing") ?? 0.5) || 0)),
    };
    let onlyDifferences = false;
    let sampleRun = "";
    let sampleStep = Number.MAX_SAFE_INTEGER;
    let spoken = 0;
    let frame = 0;
    /** @type {Charts | undefined} */
    let charts;

    async function loadList() {
      try {
        runs = /** @type {{runs: Run[]}} */ (await context.api.get("/runs", { signal: stop.signal })).runs;
        problem = undefined;
      } catch (caught) {
        if (stop.signal.aborted) {
          return;
        }
        problem = caught;
      }
      if (runs && slots.every((slot) => !slot)) {
        const first = runs.find((run) => run.state === "running") ?? runs[0];
        const wanted = context.params.get("runs")?.split(",") ?? (first ? [first.id] : []);
        for (const id of wanted.filter((each) => runs?.some((run) => run.id === each))) {
          show(id);
        }
      }
      draw();
    }

    /** @param {string} id */
    function show(id) {
      const free = slots.findIndex((slot) => !slot);
      if (free >= 0) {
        slots[free] = new LiveRun(context, id, changed);
      }
    }

    /** Redraws at most once a frame. @param {{step: number, loss?: number}} [metrics] */
    function changed(metrics) {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
      if (metrics?.loss !== undefined && Date.now() - spoken > 30_000) {
        spoken = Date.now();
        context.announce(t("updated", metrics.step, metrics.loss.toFixed(3)));
      }
    }

    /** @param {string} id */
    function toggle(id) {
      const at = slots.findIndex((slot) => slot?.id === id);
      if (at >= 0) {
        slots[at]?.dispose();
        slots[at] = undefined;
      } else {
        show(id);
      }
      context.setParams({ runs: slots.flatMap((slot) => (slot ? [slot.id] : [])).join(",") || "none" }, { replace: true });
      draw();
    }

    /** @param {Partial<typeof look>} change */
    function setLook(change) {
      look = { ...look, ...change };
      context.setParams(
        {
          axis: look.axis === "step" ? null : look.axis,
          scale: look.log ? "log" : null,
          smoothing: look.smoothing === 0.5 ? null : look.smoothing,
        },
        { replace: true },
      );
      draw();
    }

    /** The shown runs that have arrived. @returns {{run: RunDetail, color: number}[]} */
    function arrived() {
      return slots.flatMap((slot, color) => (slot?.run ? [{ run: slot.run, color }] : []));
    }

    /** @param {string} id */
    function colorOf(id) {
      return slots.findIndex((slot) => slot?.id === id);
    }

    /** The list with what live events have changed. */
    function current() {
      return (runs ?? []).map((run) => {
        const live = slots.find((slot) => slot?.id === run.id)?.run;
        return live ? { ...run, state: live.state, step: live.step, minutes: live.minutes } : run;
      });
    }

    function draw() {
      render(
        html`
          ${viewHead({ title: t("title"), lead: t("lede") })}
          ${!runs
            ? problem
              ? problemState(t, problem, loadList)
              : loading(t, { lines: 6 })
            : runs.length === 0
              ? empty({ title: t("empty.title"), text: t("empty.text"), action: html`<pre class="command"><code>${COMMAND}</code></pre>` })
              : body()}
        `,
        host,
      );
      const place = /** @type {HTMLElement | null} */ (host.querySelector(".runs-charts"));
      if (place) {
        charts ??= new Charts(place, context);
        charts.set(arrived(), look);
      }
    }

    function body() {
      const shown = arrived();
      const pending = slots.some((slot) => slot && !slot.run && !slot.problem);
      return html`
        <div class="runs-body">
          ${runList(context, current(), colorOf, toggle, slots.every(Boolean))}
          <div class="runs-main">
            ${toolbar()}
            ${slots.map((slot) => (slot?.problem ? problemState(t, slot.problem, () => slot.load(), { title: slot.id }) : nothing))}
            ${slots.some((slot) => slot?.lost) ? html`<p class="runs-lost" role="status">${t("live.lost")}</p>` : nothing}
            ${shown.length > 1 ? legend(shown) : nothing}
            ${pending ? loading(t, { lines: 4 }) : nothing}
            ${!pending && shown.length === 0 ? html`<p class="muted">${t("none.chosen")}</p>` : nothing}
            ${shown.length && shown.every(({ run }) => Object.keys(run.curves).length === 0)
              ? html`<p class="muted">${t("no.curves")}</p>`
              : nothing}
            <div class="runs-charts" role="group" aria-label=${t("curves")}></div>
            ${shown.length ? html`${settings(shown)} ${sampleSection(shown)}` : nothing}
          </div>
        </div>
      `;
    }

    function toolbar() {
      return html`<div class="controls">
        ${segmented({
          label: t("axis"),
          showLabel: true,
          value: look.axis,
          options: ["step", "minutes"].map((value) => ({ value, label: t(`axis.${value}`) })),
          onChange: (value) => setLook({ axis: value === "minutes" ? "minutes" : "step" }),
        })}
        ${segmented({
          label: t("scale"),
          showLabel: true,
          value: look.log ? "log" : "linear",
          options: ["linear", "log"].map((value) => ({ value, label: t(`scale.${value}`) })),
          onChange: (value) => setLook({ log: value === "log" }),
        })}
        ${slider({
          label: t("smoothing"),
          min: 0,
          max: 0.95,
          step: 0.05,
          value: look.smoothing,
          format: (value) => percent(value),
          onInput: (smoothing) => setLook({ smoothing }),
        })}
      </div>`;
    }

    /** @param {{run: RunDetail, color: number}[]} shown */
    function legend(shown) {
      return html`<ul class="runs-legend" aria-hidden="true">
        ${shown.map(
          ({ run, color }, index) => html`<li>
            <svg viewBox="0 0 32 8"><line x1="1" x2="31" y1="4" y2="4" stroke=${category(color)} stroke-width="2.5"
              stroke-dasharray=${DASHES[index % DASHES.length] ?? ""}></line></svg>
            ${run.name}
          </li>`,
        )}
      </ul>`;
    }

    /** @param {{run: RunDetail, color: number}[]} shown */
    function settings(shown) {
      return settingsTable(context, shown, onlyDifferences, (only) => {
        onlyDifferences = only;
        draw();
      });
    }

    /** @param {{run: RunDetail, color: number}[]} shown */
    function sampleSection(shown) {
      const run = (shown.find((each) => each.run.id === sampleRun) ?? shown[0])?.run;
      const choice =
        shown.length > 1
          ? select({
              label: t("samples.run"),
              value: run?.id ?? "",
              options: shown.map((each) => ({ value: each.run.id, label: each.run.name })),
              onChange: (id) => {
                sampleRun = id;
                sampleStep = Number.MAX_SAFE_INTEGER;
                draw();
              },
            })
          : nothing;
      return run
        ? samples(context, run, choice, sampleStep, (index) => {
            sampleStep = index;
            draw();
          })
        : nothing;
    }

    void loadList();
    const refresh = setInterval(loadList, REFRESH);
    const offLanguage = context.onLang(draw);
    draw();
    return () => {
      clearInterval(refresh);
      cancelAnimationFrame(frame);
      stop.abort();
      offLanguage();
      slots.forEach((slot) => slot?.dispose());
      charts?.dispose();
    };
  },
};
