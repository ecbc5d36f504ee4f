// @ts-check
import { html, nothing, render } from "lit-html";
import { checkbox, select, tabs, viewHead } from "../parts/controls.js";
import { latestRequest } from "../parts/latest-request.js";
import { empty, loading, problemState } from "../parts/states.js";
import { analogyPanel } from "./embeddings/analogy-panel.js";
import { comparePanel } from "./embeddings/compare-panel.js";
import { directionPanel } from "./embeddings/direction-panel.js";
import { mapFigure } from "./embeddings/map-figure.js";
import { nearestWords } from "./embeddings/nearest-words.js";
import { Plot } from "./embeddings/plot.js";
import { projectionControls } from "./embeddings/projection-controls.js";
import { wordBox } from "./embeddings/word-box.js";

/** @typedef {import("../app.js").Context} Context */
/** @typedef {import("./embeddings/plot.js").PlotPoint} PlotPoint */
/** @typedef {import("./embeddings/similarity-list.js").Neighbor} Neighbor */

/** @typedef {{id: string, name: string, language: string, kind: string, model?: string, words: number, dimension: number}} VectorSet */

/** @typedef {{method: string, points: PlotPoint[], explained?: number[]}} Projection */

const PARTS = ["neighbors", "analogy", "direction", "compare"];
const DEFAULT_COUNT = 400;
/** Limits of the API: words of a map, words of one made by t-SNE, words asked for by name. */
const FEWEST = 4;
const MAX_TSNE = 1000;
const MAX_LISTED = 50;
const MAPPED_PAIRS = 16;

export default {
  id: "embeddings",

  /** @param {HTMLElement} host @param {Context} context */
  mount(host, context) {
    const { t, params } = context;
    const setRequests = latestRequest();
    const projectionRequests = latestRequest();
    const neighborRequests = latestRequest();
    /** @type {VectorSet[] | undefined} */
    let sets;
    let setId = params.get("set") ?? "";
    let method = params.get("method") === "tsne" ? "tsne" : "pca";
    let dimensions = params.get("dimensions") === "3" ? 3 : 2;
    let count = Number(params.get("count")) || DEFAULT_COUNT;
    let among = params.get("among") === "all";
    let part = PARTS.includes(params.get("part") ?? "") ? String(params.get("part")) : "neighbors";
    let word = params.get("word") ?? "";
    /** @type {Projection | undefined} */
    let projection;
    /** @type {Neighbor[] | undefined} */
    let neighbors;
    /** @type {string[]} words that the map must hold besides the most frequent */
    let extra = [];
    /** @type {[string, string][]} */
    let arrows = [];
    let projecting = false;
    /** @type {unknown} */
    let problem;
    /** @type {unknown} */
    let projectionProblem;
    /** @type {Plot | undefined} */
    let plot;

    const search = wordBox({
      context,
      id: "embeddings-search",
      set: () => setId,
      onPick: pick,
      redraw: draw,
    });
    const analogy = analogyPanel(context, chosen, showAnalogy, draw);
    const direction = directionPanel(context, chosen, showPairs, draw);
    const compare = comparePanel(context, () => ({ set: chosen(), sets: sets ?? [], word }), pick, draw);

    function chosen() {
      return sets?.find((set) => set.id === setId);
    }

    async function loadSets() {
      const signal = setRequests.next();
      try {
        sets = /** @type {{sets: VectorSet[]}} */ (await context.api.get("/vectors", { signal })).sets;
        problem = undefined;
      } catch (caught) {
        if (!signal.aborted) {
          problem = caught;
          draw();
        }
        return;
      }
      if (!chosen() && sets.length) {
        setId = (sets.find((set) => set.kind === "skipgram" && set.language === "en") ?? sets[0]).id;
      }
      draw();
      refresh();
    }

    /** Loads what depends on the vectors, the word and the part. */
    function refresh() {
      if (!chosen()) {
        return;
      }
      extra = [];
      arrows = [];
      void loadNeighbors();
      if (part === "analogy") {
        analogy.refresh();
      } else if (part === "direction") {
        direction.refresh();
      } else if (part === "compare") {
        compare.refresh();
      }
    }

    async function loadProjection() {
      const signal = projectionRequests.next();
      projecting = true;
      draw();
      try {
        const words = extra.length ? extra : neighbors ? [word, ...neighbors.map((neighbor) => neighbor.word)] : [];
        const others = extra.length >= FEWEST && !among ? 0 : method === "tsne" ? Math.min(count, MAX_TSNE) : count;
        const query = new URLSearchParams({ method, dimensions: String(dimensions), count: String(others) });
        const listed = [...new Set(words)].filter((each) => each && !each.includes(",")).slice(0, MAX_LISTED);
        if (listed.length) {
          query.set("words", listed.join(","));
        }
        projection = /** @type {Projection} */ (
          await context.api.get(`/vectors/${encodeURIComponent(setId)}/projection?${query}`, { signal })
        );
        projectionProblem = undefined;
      } catch (caught) {
        if (signal.aborted) {
          return;
        }
        projection = undefined;
        projectionProblem = caught;
      }
      projecting = false;
      draw();
      plot?.setPoints(mapped());
    }

    /** The points of the map: all, or those of the analogy or direction only. */
    function mapped() {
      const points = projection?.points ?? [];
      return extra.length && !among ? points.filter((point) => extra.includes(point.word)) : points;
    }

    async function loadNeighbors() {
      const signal = neighborRequests.next();
      neighbors = undefined;
      problem = undefined;
      if (word) {
        try {
          const query = new URLSearchParams({ word, count: "12" });
          neighbors = /** @type {{neighbors: Neighbor[]}} */ (
            await context.api.get(`/vectors/${encodeURIComponent(setId)}/neighbors?${query}`, { signal })
          ).neighbors;
          context.announce(
            t("plot.selected", word, neighbors.slice(0, 5).map((neighbor) => neighbor.word).join(", ")),
          );
        } catch (caught) {
          if (signal.aborted) {
            return;
          }
          problem = caught;
        }
      }
      void loadProjection();
    }

    /** @param {string} picked */
    function pick(picked) {
      word = picked;
      search.setWord(word);
      context.setParams({ word: word || null }, { replace: true });
      void loadNeighbors();
      if (part === "compare") {
        compare.refresh();
      }
    }

    /** @param {string[]} words a, b, c and the answer */
    function showAnalogy([a, b, c, answer]) {
      extra = [a, b, c, answer];
      arrows = [
        [a, b],
        [c, answer],
      ];
      void loadProjection();
    }

    /** @param {{from: string, to: string}[]} pairs */
    function showPairs(pairs) {
      const some = pairs.slice(0, MAPPED_PAIRS);
      extra = some.flatMap(({ from, to }) => [from, to]);
      arrows = some.map(({ from, to }) => [from, to]);
      void loadProjection();
    }

    /** @param {import("./embeddings/projection-controls.js").Change} change */
    function project(change) {
      ({ method, dimensions, count } = { method, dimensions, count, ...change });
      context.setParams({
        method: method === "pca" ? null : method,
        dimensions: dimensions === 2 ? null : dimensions,
        count: count === DEFAULT_COUNT ? null : count,
      });
      void loadProjection();
    }

    /** @param {boolean} all */
    function setAmong(all) {
      among = all;
      context.setParams({ among: all ? "all" : null }, { replace: true });
      void loadProjection();
    }

    /** @param {string} id */
    function choosePart(id) {
      part = id;
      context.setParams({ part: id === "neighbors" ? null : id }, { replace: true });
      draw();
      refresh();
    }

    function draw() {
      render(
        html`
          ${viewHead({ title: t("title"), lead: t("lede") })}
          ${!sets
            ? problem
              ? problemState(t, problem, loadSets)
              : loading(t, { lines: 6 })
            : sets.length === 0
              ? empty({ title: t("sets.empty"), text: t("sets.empty.text") })
              : body(sets)}
        `,
        host,
      );
      const canvas = host.querySelector("canvas");
      if (canvas && plot?.canvas !== canvas) {
        plot?.dispose();
        plot = new Plot(canvas, pick);
        plot.setPoints(mapped());
      }
      const byWord = part === "neighbors" || part === "compare";
      plot?.setMarks({
        word: byWord ? word : undefined,
        neighbors: byWord ? neighbors?.map((neighbor) => neighbor.word) : [],
        arrows,
      });
    }

    /** @param {VectorSet[]} all */
    function body(all) {
      return html`
        <div class="controls">
          ${select({
            label: t("set"),
            value: setId,
            options: all.map((set) => ({ value: set.id, label: nameOf(set) })),
            onChange: (id) => {
              setId = id;
              context.setParams({ set: setId });
              projection = undefined;
              refresh();
            },
          })}
          ${projectionControls({ t, method, dimensions, count, onChange: project })}
        </div>
        <div class="embeddings-body">
          ${mapFigure({
            t,
            points: mapped(),
            projection,
            method,
            dimensions,
            computing: projecting,
            problem: projectionProblem,
            selected: word && neighbors ? { word, neighbors } : undefined,
            plot: () => plot,
            onRetry: loadProjection,
          })}
          <div class="embeddings-panel card">
            ${tabs({
              label: t("parts"),
              tabs: PARTS.map((value) => ({ value, label: t(`part.${value}`) })),
              value: part,
              onChange: choosePart,
              panel: "embeddings-part",
            })}
            <div id="embeddings-part" role="tabpanel" aria-label=${t(`part.${part}`)}>
              ${part === "neighbors" || part === "compare" ? search.template(t("search")) : nothing} ${partPanel()}
              ${extra.length ? checkbox({ label: t("among"), checked: among, onChange: setAmong }) : nothing}
            </div>
          </div>
        </div>`;
    }

    function partPanel() {
      switch (part) {
        case "analogy":
          return analogy.template();
        case "direction":
          return direction.template();
        case "compare":
          return compare.template();
        default:
          return nearestWords({ context, word, neighbors, problem, onPick: pick, onRetry: loadNeighbors });
      }
    }

    /** @param {VectorSet} set */
    function nameOf(set) {
      const kind = t(`kind.${set.kind}`);
      const language = t(`language.${set.language}`);
      return set.model ? t("set.model", set.model, kind, language) : t("set.trained", kind, language);
    }

    search.setWord(word);
    void loadSets();
    draw();
    const offLanguage = context.onLang(draw);
    return () => {
      offLanguage();
      plot?.dispose();
      for (const requests of [setRequests, projectionRequests, neighborRequests]) {
        requests.stop();
      }
      for (const each of [search, analogy, direction, compare]) {
        each.dispose();
      }
    };
  },
};
