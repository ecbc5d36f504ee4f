// @ts-check
import { html } from "lit-html";
import { latestRequest } from "../../parts/latest-request.js";
import { loading, problemState } from "../../parts/states.js";
import { similarityList } from "./similarity-list.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("./similarity-list.js").Neighbor} Neighbor */
/** @typedef {{id: string, name: string, language: string, kind: string}} VectorSet */

/** @typedef {{name: string, neighbors: Neighbor[] | undefined}} Side neighbors undefined if the word is unknown */

/**
 * The panel of CBOW beside skip-gram: the neighbors of one word in both sets of its language.
 *
 * @param {Context} context
 * @param {() => {set: VectorSet | undefined, sets: VectorSet[], word: string}} chosen
 * @param {(word: string) => void} onPick
 * @param {() => void} redraw
 */
export function comparePanel(context, chosen, onPick, redraw) {
  const { t } = context;
  const requests = latestRequest();
  /** @type {Side[] | undefined} */
  let sides;
  /** @type {unknown} */
  let problem;

  /** The CBOW and the skip-gram set of the chosen language, if both are there. */
  function pair() {
    const { set, sets } = chosen();
    /** @param {string} kind */
    const ofKind = (kind) => sets.find((other) => other.kind === kind && other.language === set?.language);
    const [cbow, skipgram] = [ofKind("cbow"), ofKind("skipgram")];
    return cbow && skipgram ? [cbow, skipgram] : undefined;
  }

  async function load() {
    const both = pair();
    const { word } = chosen();
    sides = undefined;
    problem = undefined;
    if (!both || !word) {
      redraw();
      return;
    }
    const signal = requests.next();
    try {
      sides = await Promise.all(
        both.map(async ({ id, kind }) => ({ name: t(`kind.${kind}`), neighbors: await neighborsOf(id, word, signal) })),
      );
    } catch (caught) {
      if (signal.aborted) {
        return;
      }
      problem = caught;
    }
    redraw();
  }

  /** @param {string} id @param {string} word @param {AbortSignal} signal */
  async function neighborsOf(id, word, signal) {
    try {
      const path = `/vectors/${encodeURIComponent(id)}/neighbors?count=12&word=${encodeURIComponent(word)}`;
      return /** @type {{neighbors: Neighbor[]}} */ (await context.api.get(path, { signal })).neighbors;
    } catch (caught) {
      if (/** @type {{status?: number}} */ (caught).status === 404) {
        return undefined;
      }
      throw caught;
    }
  }

  return {
    refresh() {
      void load();
    },
    template() {
      const { word } = chosen();
      return html`
        <p class="hint">${t("compare.lede")}</p>
        ${!pair()
          ? html`<p class="muted">${t("compare.none")}</p>`
          : !word
            ? html`<p class="muted">${t("compare.pick")}</p>`
            : problem
              ? problemState(t, problem, load)
              : sides
                ? columns(sides, word)
                : loading(t)}`;
    },
    dispose() {
      requests.stop();
    },
  };

  /** @param {Side[]} both @param {string} word */
  function columns(both, word) {
    const [left, right] = both.map(({ neighbors }) => new Set((neighbors ?? []).map((neighbor) => neighbor.word)));
    const common = new Set([...left].filter((other) => right.has(other)));
    return html`
      <p>${t("compare.common", common.size, Math.max(left.size, right.size))}</p>
      <div class="compare-columns">
        ${both.map(
          ({ name, neighbors }) => html`<section>
            <h2>${name}</h2>
            ${neighbors
              ? similarityList(context, neighbors, { onPick, marked: common })
              : html`<p class="muted">${t("unknown", word)}</p>`}
          </section>`,
        )}
      </div>`;
  }
}
