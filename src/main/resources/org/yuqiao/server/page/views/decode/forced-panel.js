// @ts-check
import { html, nothing, render } from "lit-html";
import { latestRequest } from "../../parts/latest-request.js";
import { number } from "../../i18n.js";
import { EXAMPLES } from "../../parts/examples.js";
import { loading, problemState } from "../../parts/states.js";
import { labels } from "../../parts/text.js";
import { percent, tokenAfter } from "./token.js";

/** @typedef {import("../../app.js").Context} Context */

/** @typedef {{token: string, probability: number}} Predicted */

/**
 * @typedef {object} Forced an answer of `/forced`
 * @property {{token: string, input: string, predicted: Predicted, probability: number}[]} positions
 * @property {{translation: string, tokens: Predicted[]}} stepwise
 */

/**
 * The teacher-forcing panel: what the model would say at each token of a reference, beside its own translation.
 *
 * @param {HTMLElement} host
 * @param {Context} context
 */
export function forcedPanel(host, context) {
  const { t } = context;
  const requests = latestRequest();
  let model = "";
  let text = "";
  let reference = context.params.get("translation") ?? "";
  let busy = false;
  /** @type {Forced | undefined} */
  let answer;
  /** @type {unknown} */
  let problem;

  async function load() {
    if (!reference.trim()) {
      answer = undefined;
      draw();
      return;
    }
    const signal = requests.next();
    busy = true;
    draw();
    try {
      answer = /** @type {Forced} */ (
        await context.api.post("/forced", { model, text, translation: reference }, { signal })
      );
      problem = undefined;
    } catch (caught) {
      if (signal.aborted) {
        return;
      }
      problem = caught;
    }
    busy = false;
    draw();
  }

  /** Takes the model's own translation as the reference. */
  async function useOwn() {
    const signal = requests.next();
    try {
      const own = /** @type {{text: string}} */ (await context.api.post("/translate", { model, text }, { signal }));
      set(own.text);
    } catch (caught) {
      if (!signal.aborted) {
        problem = caught;
        draw();
      }
    }
  }

  /** @param {string} translation */
  function set(translation) {
    reference = translation.trim();
    context.setParams({ translation: reference || null }, { replace: true });
    void load();
  }

  /** @param {SubmitEvent} event */
  function submitted(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    set(String(new FormData(form).get("reference") ?? ""));
  }

  function draw() {
    render(
      html`
        <p class="lead">${t("forced.lede")}</p>
        <form class="forced-form" @submit=${submitted}>
          <label for="forced-reference">${t("forced.reference")}</label>
          <div class="forced-row">
            <input id="forced-reference" name="reference" type="text" autocomplete="off" .value=${reference}
              placeholder=${t("forced.placeholder")} />
            <button class="primary" type="submit">${t("forced.run")}</button>
            <button type="button" @click=${useOwn}>${t("forced.own")}</button>
          </div>
        </form>
        ${problem
          ? problemState(t, problem, load)
          : answer
            ? compared(answer)
            : busy
              ? loading(t)
              : html`<p class="muted">${t("forced.empty")}</p>`}
      `,
      host,
    );
  }

  /** @param {Forced} forced */
  function compared({ positions, stepwise }) {
    const rows = Array.from({ length: Math.max(positions.length, stepwise.tokens.length) }, (_, i) => i);
    const references = labels(positions.map(({ token }) => token));
    const written = labels(stepwise.tokens.map(({ token }) => token));
    /** @param {number} i */
    const ownInput = (i) => (i === 0 ? positions[0]?.input : stepwise.tokens[i - 1]?.token);
    const split = rows.find((i) => positions[i]?.input !== ownInput(i));
    const agreeing = positions.filter(({ token, predicted }) => token === predicted.token).length;
    const loss = positions.reduce((sum, { probability }) => sum - Math.log(probability), 0) / positions.length;
    return html`
      <dl class="figures">
        <div><dt>${t("forced.agree")}</dt><dd>${t("forced.agree.value", agreeing, positions.length)}</dd></div>
        <div><dt>${t("forced.loss")}</dt><dd>${number(loss, { maximumFractionDigits: 3 })}</dd><dd class="hint">${t("forced.loss.hint")}</dd></div>
        <div class="wide"><dt>${t("forced.free")}</dt><dd class="text">${stepwise.translation}</dd>
          <dd class="hint">${split === undefined ? t("forced.sameInput") : t("forced.diverge", split + 1)}</dd></div>
      </dl>
      <div class="table-scroll ${busy ? "busy" : ""}" tabindex="0" role="region" aria-label=${t("part.forced")}>
        <table class="forced-table">
          <thead>
            <tr>
              <td></td>
              <th scope="colgroup" colspan="4">${t("forced.teacher")}</th>
              <th scope="colgroup" colspan="3" class="second">${t("forced.stepwise")}</th>
            </tr>
            <tr>
              <th scope="col" class="number">${t("forced.position")}</th>
              <th scope="col">${t("forced.reads")}</th>
              <th scope="col">${t("forced.token")}</th>
              <th scope="col" class="number">${t("forced.probability")}</th>
              <th scope="col">${t("forced.says")}</th>
              <th scope="col" class="second">${t("forced.reads")}</th>
              <th scope="col">${t("forced.writes")}</th>
              <th scope="col" class="number">${t("forced.p")}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map((i) => {
              const given = positions[i];
              const own = stepwise.tokens[i];
              const differs = given?.input !== ownInput(i);
              return html`<tr>
                <th scope="row" class="number">${i + 1}</th>
                ${given
                  ? html`<td class="muted">${references[i - 1] ?? given.input}</td>
                      <td class="given">${references[i]}</td>
                      <td class="number">${percent(given.probability)}</td>
                      <td>${verdict(given)}</td>`
                  : html`<td colspan="4"></td>`}
                ${own
                  ? html`<td class="second ${differs ? "differs" : "muted"}">${written[i - 1] ?? ownInput(i)}</td>
                      <td class="given">${written[i]}</td>
                      <td class="number">${percent(own.probability)}</td>`
                  : html`<td colspan="3" class="second"></td>`}
              </tr>`;
            })}
          </tbody>
        </table>
      </div>`;
  }

  /** @param {Forced["positions"][number]} position */
  function verdict({ token, input, predicted }) {
    const same = token === predicted.token;
    const title = t(same ? "forced.same" : "forced.other");
    return html`<span class=${same ? "agrees" : "disagrees"}>
      <span role="img" aria-label=${title} title=${title}>${same ? "✓" : "≠"}</span>
      ${same ? nothing : html`<b>${tokenAfter(input, predicted.token)}</b> <small>${percent(predicted.probability)}</small>`}
    </span>`;
  }

  const offLanguage = context.onLang(draw);
  return {
    /** @param {string} newModel @param {string} newText */
    show(newModel, newText) {
      if (text && newText !== text) {
        reference = "";
        context.setParams({ translation: null }, { replace: true });
      }
      model = newModel;
      text = newText;
      reference ||= exampleReference(text);
      void load();
    },
    dispose() {
      requests.stop();
      offLanguage();
    },
  };
}

/** The translation of an example sentence: the examples of both languages say the same. @param {string} text */
function exampleReference(text) {
  const { zh = [], en = [] } = EXAMPLES;
  return en[zh.indexOf(text)] ?? zh[en.indexOf(text)] ?? "";
}
