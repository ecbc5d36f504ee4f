// @ts-check
import { html, nothing, render } from "lit-html";
import { tabs, viewHead } from "../parts/controls.js";
import { modelFor, modelPicker } from "../parts/model-picker.js";
import { sentenceForm } from "../parts/sentence-form.js";
import { chosenSentence, sentencePicker, sentencesOf } from "../parts/sentences.js";
import { latestRequest } from "../parts/latest-request.js";
import { EXAMPLES } from "../parts/examples.js";
import { empty, problemState } from "../parts/states.js";
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
    /** @type {string[]} */
    let sentences = [];
    /** @type {unknown} */
    let problem;
    const requests = latestRequest();
    /** @type {Panel | undefined} */
    let panel;

    /** @param {string} newText */
    function run(newText) {
      text = newText.trim();
      shown = text;
      if (text) {
        context.setParams({ text, prefix: null, sentence: null });
        draw();
        void showPanel();
      }
    }

    /** @param {string} id */
    function chooseModel(id) {
      modelId = id;
      context.setParams({ model: id, sentence: null });
      draw();
      void showPanel();
    }

    /** @param {number} sentence */
    function chooseSentence(sentence) {
      context.setParams({ sentence, prefix: null });
      draw();
      void showPanel();
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
      void showPanel();
    }

    /** Cuts the text and shows the chosen sentence. */
    async function showPanel() {
      const model = modelFor(models, modelId, shown);
      if (!model || !shown) {
        return;
      }
      const signal = requests.next();
      try {
        sentences = await sentencesOf(context.api, { model: model.id, text: shown }, signal);
        problem = undefined;
      } catch (caught) {
        if (signal.aborted) {
          return;
        }
        problem = caught;
      }
      draw();
      const sentence = sentences[chosenSentence(context.params, sentences)];
      if (!signal.aborted && !problem && sentence !== undefined) {
        panel?.show(model.id, sentence);
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
          ${sentencePicker({ t, sentences, chosen: chosenSentence(context.params, sentences), onChange: chooseSentence })}
          ${problem ? problemState(t, problem, showPanel) : nothing}
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
      requests.stop();
      offLanguage();
      panel?.dispose();
    };
  },
};
