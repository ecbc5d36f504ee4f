// @ts-check
import { html, nothing, render } from "lit-html";
import { number } from "../../i18n.js";
import { latestRequest } from "../../parts/latest-request.js";
import { loading, problemState } from "../../parts/states.js";
import { labels } from "../../parts/text.js";
import { candidateList } from "./candidate-list.js";
import { samplingSliders } from "./sampling-sliders.js";
import { tokenAfter } from "./token.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("./candidate-list.js").Candidate} Candidate */
/** @typedef {import("./sampling-sliders.js").Sampling} Sampling */

/**
 * @typedef {object} Next an answer of `/next`
 * @property {{id: number, token: string}[]} prefix
 * @property {string} text
 * @property {Candidate[]} candidates the best first
 * @property {number} entropy nats
 * @property {boolean} finished
 */

const SHOWN = 16;
const MAX_STEPS = 200;
/** @type {Readonly<Sampling>} */
const NEUTRAL = { temperature: 1, topK: 0, topP: 1 };

/**
 * The next-token panel: bars of the candidates, sliders for sampling, a prefix chosen by hand.
 *
 * @param {HTMLElement} host
 * @param {Context} context
 */
export function nextPanel(host, context) {
  const { t } = context;
  const requests = latestRequest();
  let model = "";
  let text = "";
  /** @type {Sampling} */
  let sampling = {
    temperature: numberParam(context, "temperature", NEUTRAL.temperature),
    topK: numberParam(context, "topK", NEUTRAL.topK),
    topP: numberParam(context, "topP", NEUTRAL.topP),
  };
  let prefix = (context.params.get("prefix") ?? "").split(",").filter(Boolean).map(Number);
  /** @type {Next | undefined} */
  let answer;
  /** @type {unknown} */
  let problem;
  let finishing = false;
  let moved = false;
  let asking = false;

  async function load() {
    const signal = requests.next();
    try {
      const body = { model, text, prefix, ...sampling, count: SHOWN };
      answer = /** @type {Next} */ (await context.api.post("/next", body, { signal }));
      problem = undefined;
    } catch (caught) {
      if (signal.aborted) {
        return;
      }
      problem = caught;
      finishing = false;
    }
    draw();
  }

  /** @param {number[]} tokens */
  function goTo(tokens) {
    prefix = tokens;
    context.setParams({ prefix: prefix.join(",") || null }, { replace: true });
    return load();
  }

  function lastToken() {
    return answer?.prefix.at(-1)?.token ?? "<bos>";
  }

  /** @param {Candidate} candidate */
  async function choose(candidate) {
    const token = tokenAfter(lastToken(), candidate.token);
    await goTo([...prefix, candidate.id]);
    context.announce(t("next.chosen", token, answer?.text ?? ""));
    /** @type {HTMLElement | null} */ (host.querySelector(".candidate button, .decode-buttons button"))?.focus({ preventScroll: true });
  }

  async function finish() {
    finishing = true;
    for (let step = 0; finishing && step < MAX_STEPS; step++) {
      const best = answer?.candidates[0];
      if (!best || answer?.finished) {
        break;
      }
      await goTo([...prefix, best.id]);
    }
    finishing = false;
    draw();
    context.announce(answer?.text ?? "");
  }

  /** Draws a candidate from the distribution after sampling. */
  function drawCandidate() {
    const candidates = answer?.candidates ?? [];
    let left = Math.random() * candidates.reduce((sum, candidate) => sum + candidate.sampled, 0);
    const drawn = candidates.find((candidate) => (left -= candidate.sampled) < 0) ?? candidates[0];
    if (drawn) {
      void choose(drawn);
    }
  }

  /** @param {Partial<Sampling>} change */
  function sample(change) {
    sampling = { ...sampling, ...change };
    /** @type {Record<string, string | null>} */
    const params = {};
    for (const key of /** @type {(keyof Sampling)[]} */ (Object.keys(NEUTRAL))) {
      params[key] = sampling[key] === NEUTRAL[key] ? null : String(sampling[key]);
    }
    context.setParams(params, { replace: true });
    draw();
    void loadSoon();
  }

  /** Asks while a slider moves: again once the answer is there, not for each place of the slider. */
  async function loadSoon() {
    moved = true;
    if (!asking) {
      asking = true;
      while (moved) {
        moved = false;
        await load();
      }
      asking = false;
    }
  }

  function draw() {
    render(
      html`${problem ? problemState(t, problem, load) : nothing} ${answer ? panel(answer) : problem ? nothing : loading(t)}`,
      host,
    );
  }

  /** @param {Next} next */
  function panel(next) {
    const free = !next.finished && !finishing;
    const shown = labels(next.prefix.map(({ token }) => token));
    return html`
      <p class="lead">${t("next.lede")}</p>
      <div class="decode-prefix">
        <ol class="decode-chips" aria-label=${t("next.prefix")}>
          <li><span class="decode-chip start">${t("next.start")}</span></li>
          ${next.prefix.map(
            (_, index) => html`<li>
              <button class="decode-chip" type="button" ?disabled=${finishing}
                title=${t("next.remove", shown[index] ?? "")}
                aria-label=${t("next.remove", shown[index] ?? "")}
                @click=${() => goTo(prefix.slice(0, index))}>${shown[index]}<span aria-hidden="true">×</span></button>
            </li>`,
          )}
          <li aria-hidden="true"><span class="decode-chip slot">${next.finished ? t("next.end") : "?"}</span></li>
        </ol>
        <p class="decode-text" aria-live="polite">${next.text || html`<span class="muted">${t("next.nothing")}</span>`}</p>
        <div class="decode-buttons">
          <button type="button" ?disabled=${prefix.length === 0 || finishing} @click=${() => goTo(prefix.slice(0, -1))}>
            ${t("next.undo")}
          </button>
          <button type="button" ?disabled=${prefix.length === 0 || finishing} @click=${() => goTo([])}>
            ${t("next.restart")}
          </button>
          <button type="button" ?disabled=${!free} title=${t("next.draw.hint")} @click=${drawCandidate}>
            ${t("next.draw")}
          </button>
          ${finishing
            ? html`<button type="button" class="primary" @click=${() => (finishing = false)}>${t("next.stop")}</button>`
            : html`<button type="button" class="primary" ?disabled=${next.finished} @click=${finish}>${t("next.finish")}</button>`}
        </div>
      </div>
      <div class="decode-columns">
        <div class="decode-side">
          ${samplingSliders(context, sampling, sample)}
          <button type="button" class="quiet" ?disabled=${isNeutral(sampling)} @click=${() => sample(NEUTRAL)}>
            ${t("next.reset")}
          </button>
          ${next.finished ? nothing : entropy(next)}
        </div>
        ${next.finished
          ? html`<p class="decode-ended">${t("next.finished")}</p>`
          : candidateList(context, lastToken(), next.candidates, finishing ? undefined : choose)}
      </div>`;
  }

  /** @param {Next} next */
  function entropy(next) {
    return html`<dl class="decode-entropy">
      <dt>${t("next.entropy")}</dt>
      <dd>${t("next.entropy.value", number(next.entropy, { maximumFractionDigits: 2 }))}</dd>
      <dd class="hint">${t("next.entropy.hint", number(Math.exp(next.entropy), { maximumFractionDigits: 1 }))}</dd>
    </dl>`;
  }

  const offLanguage = context.onLang(draw);
  return {
    /** @param {string} newModel @param {string} newText */
    show(newModel, newText) {
      if (text !== "" && (newModel !== model || newText !== text)) {
        prefix = [];
        answer = undefined;
      }
      model = newModel;
      text = newText;
      draw();
      void goTo(prefix);
    },
    dispose() {
      finishing = false;
      requests.stop();
      offLanguage();
    },
  };
}

/** @param {Sampling} sampling */
function isNeutral({ temperature, topK, topP }) {
  return temperature === NEUTRAL.temperature && topK === NEUTRAL.topK && topP === NEUTRAL.topP;
}

/** @param {Context} context @param {string} key @param {number} fallback */
function numberParam({ params }, key, fallback) {
  const value = Number(params.get(key) ?? fallback);
  return Number.isFinite(value) ? value : fallback;
}
