// @ts-check
import { html, render } from "lit-html";
import { tabs, viewHead } from "../parts/controls.js";
import { modelFor, modelPicker } from "../parts/model-picker.js";
import { sentenceForm } from "../parts/sentence-form.js";
import { EXAMPLES } from "../parts/examples.js";
import { empty } from "../parts/states.js";
import { languages } from "../parts/text.js";
import { beamPanel } from "./decode/beam-panel.js";
import { forcedPanel } from "./decode/forced-panel.js";
import { nextPanel } from "./decode/next-panel.js";

/** @typedef {import("../app.js").Context} Context */

/** @typedef {{show(model: string, text: string): void, dispose(): void}} Panel */

/** @type {Record<string, (host: HTMLElement, context: Context) => Panel>} */
const PANELS = { next: nextPanel, beam: beamPanel, forced: forcedPanel };

export default {
  id: "decode",

  /** @param {HTMLElement} host @param {Context} context */
  mount(host, context) {
    const { t, params, models } = context;
    let text = params.get("text") ?? "";
    let modelId = params.get("model") ?? "";
    let part = Object.hasOwn(PANELS, params.get("part") ?? "") ? String(params.get("part")) : "next";
    if (!text) {
      const direction = models.find((model) => model.id === modelId)?.direction ?? models[0]?.direction ?? "zh-en";
      text = EXAMPLES[direction.split("-")[0] ?? "zh"]?.[1] ?? "";
    }
    /** The text that the panel shows; the field may be ahead of it. */
    let shown = text;
    /** @type {Panel | undefined} */
    let panel;

    /** @param {string} newText */
    function run(newText) {
      text = newText.trim();
      shown = text;
      if (text) {
        context.setParams({ text, prefix: null });
        draw();
        showPanel();
      }
    }

    /** @param {string} id */
    function chooseModel(id) {
      modelId = id;
      context.setParams({ model: id });
      draw();
      showPanel();
    }

    /** @param {string} id */
    function choosePart(id) {
      part = id;
      context.setParams({ part: id === "next" ? null : id });
      openPanel();
    }

    /** Replaces the panel by the one of the chosen part. */
    function openPanel() {
      panel?.dispose();
      draw();
      const place = /** @type {HTMLElement} */ (host.querySelector("#decode-panel"));
      const fresh = document.createElement("div");
      place.replaceChildren(fresh);
      panel = PANELS[part]?.(fresh, context);
      showPanel();
    }

    function showPanel() {
      const model = modelFor(models, modelId, shown);
      if (model && shown) {
        panel?.show(model.id, shown);
      }
    }

    function draw() {
      const model = modelFor(models, modelId, text);
      render(
        html`
          ${viewHead({ title: t("title"), lead: t("lede") })}
          ${sentenceForm({
            t,
            text,
            rows: 1,
            onText: (typed) => {
              text = typed;
              draw();
            },
            onRun: run,
            languages: [languages(model?.direction ?? "").source],
            controls: modelPicker({ t, models, value: model?.id ?? "", onChange: chooseModel }),
          })}
          ${tabs({
            label: t("parts"),
            tabs: Object.keys(PANELS).map((id) => ({ value: id, label: t(`part.${id}`) })),
            value: part,
            onChange: choosePart,
            panel: "decode-panel",
          })}
          <div id="decode-panel" class="decode-panel" role="tabpanel" aria-label=${t(`part.${part}`)}></div>
        `,
        host,
      );
    }

    if (models.length === 0) {
      const drawEmpty = () => render(empty({ title: t("state.noModels"), text: t("state.noModels.text") }), host);
      drawEmpty();
      return context.onLang(drawEmpty);
    }
    openPanel();
    const offLanguage = context.onLang(draw);
    return () => {
      offLanguage();
      panel?.dispose();
    };
  },
};
