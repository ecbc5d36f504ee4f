// @ts-check
/** The form of a view that asks the server about its text: sentence, model, examples. */
import { html } from "lit-html";
import { modelPicker } from "./model-picker.js";
import { exampleList, sentenceForm } from "./sentence-form.js";

/**
 * @typedef {object} AskingView
 * @property {import("../app.js").Context} context
 * @property {string} text
 * @property {AbortController | undefined} running
 * @property {(text: string, options?: {replace?: boolean}) => Promise<void>} run
 * @property {() => void} draw
 */

/**
 * @param {AskingView} view
 * @param {string[]} examples
 * @param {Record<string, null>} cleared of the address, when another model is chosen
 */
export function askingForm(view, examples, cleared) {
  const { t, params, models, setParams } = view.context;
  const picker = modelPicker({ t, models, value: params.get("model") ?? "", auto: true, onChange: (id) => {
    setParams({ model: id, ...cleared });
    void view.run(view.text, { replace: true });
  } });
  return html`<div class="attention-form">${sentenceForm({
    t, text: view.text, rows: 1, languages: [], controls: picker, busy: view.running !== undefined,
    onText: (text) => {
      view.text = text;
      view.draw();
    },
    onRun: (text) => void view.run(text),
    onCancel: () => {
      view.running?.abort();
      view.running = undefined;
      view.draw();
    },
  })}${exampleList(t, examples, (text) => void view.run(text))}</div>`;
}
