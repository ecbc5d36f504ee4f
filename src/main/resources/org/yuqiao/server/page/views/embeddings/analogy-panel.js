// @ts-check
import { html, nothing } from "lit-html";
import { latestRequest } from "../../parts/latest-request.js";
import { problemState } from "../../parts/states.js";
import { similarityList } from "./similarity-list.js";
import { wordBox } from "./word-box.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("./similarity-list.js").Neighbor} Neighbor */

/** @type {Record<string, [string, string, string][]>} */
const EXAMPLES = {
  en: [
    ["boy", "girl", "father"],
    ["go", "went", "come"],
    ["big", "bigger", "old"],
    ["book", "books", "friend"],
  ],
  zh: [
    ["男孩", "女孩", "爸爸"],
    ["中国", "北京", "日本"],
    ["日本", "日语", "法国"],
    ["今天", "明天", "今年"],
  ],
};

/**
 * The analogy panel: a : b = c : ?
 *
 * @param {Context} context
 * @param {() => {id: string, language: string} | undefined} set the chosen vectors
 * @param {(words: string[]) => void} onWords the four words to show in the map: a, b, c and the answer
 * @param {() => void} redraw
 */
export function analogyPanel(context, set, onWords, redraw) {
  const { t } = context;
  const requests = latestRequest();
  /** @type {string[]} */
  let words = ["a", "b", "c"].map((key) => context.params.get(key) ?? "");
  /** @type {Neighbor[] | undefined} */
  let answers;
  /** @type {unknown} */
  let problem;
  const boxes = words.map((_, index) =>
    wordBox({
      context,
      id: `analogy-${index}`,
      set: () => set()?.id ?? "",
      redraw,
      onPick: (word) => choose(words.map((w, i) => (i === index ? word : w))),
    }),
  );

  /** @param {string[]} chosen */
  function choose(chosen) {
    words = chosen;
    boxes.forEach((box, index) => box.setWord(words[index]));
    context.setParams({ a: words[0] || null, b: words[1] || null, c: words[2] || null }, { replace: true });
    void load();
  }

  async function load() {
    const [a, b, c] = words;
    answers = undefined;
    problem = undefined;
    const id = set()?.id;
    if (!a || !b || !c || id === undefined) {
      redraw();
      return;
    }
    const signal = requests.next();
    try {
      const query = new URLSearchParams({ a, b, c, count: "8" });
      const answer = /** @type {{answers: Neighbor[]}} */ (
        await context.api.get(`/vectors/${encodeURIComponent(id)}/analogy?${query}`, { signal })
      );
      answers = answer.answers;
      const best = answers[0]?.word;
      if (best !== undefined) {
        onWords([a, b, c, best]);
        context.announce(t("analogy.best", a, b, c, best));
      }
    } catch (caught) {
      if (signal.aborted) {
        return;
      }
      problem = caught;
    }
    redraw();
  }

  return {
    /** Computes anew, for other vectors or when the panel is opened. */
    refresh() {
      boxes.forEach((box, index) => box.setWord(words[index]));
      void load();
    },
    template() {
      const examples = EXAMPLES[set()?.language ?? ""] ?? [];
      const [a, b, c] = words;
      const best = answers?.[0]?.word;
      return html`
        <p class="hint">${t("analogy.lede")}</p>
        <div class="analogy-words">
          ${boxes[0].template(t("analogy.a"))} ${boxes[1].template(t("analogy.b"))}
          ${boxes[2].template(t("analogy.c"))}
        </div>
        ${examples.length
          ? html`<p class="analogy-examples">
              <span class="muted">${t("analogy.examples")}</span>
              ${examples.map(
                (example) => html`<button type="button" class="chip" @click=${() => choose(example)}>
                  ${example[0]} : ${example[1]} = ${example[2]} : ?
                </button>`,
              )}
            </p>`
          : nothing}
        ${problem ? problemState(t, problem, load) : nothing}
        ${answers && best !== undefined
          ? html`<p class="analogy-best">${t("analogy.best", a, b, c, best)}</p>
              ${similarityList(context, answers, { onPick: undefined })}`
          : nothing}`;
    },
    dispose() {
      requests.stop();
      boxes.forEach((box) => box.dispose());
    },
  };
}
