// @ts-check
import { html, render } from "lit-html";
import { number } from "../../i18n.js";
import { checkbox, segmented, slider } from "../../parts/controls.js";
import { formulaLine } from "../../parts/formula.js";
import { latestRequest } from "../../parts/latest-request.js";
import { loading, problemState } from "../../parts/states.js";
import { joined } from "../../parts/text.js";
import { beam, drawing, neighbor } from "./beam-drawing.js";
import { layoutAsTree, layoutByRank, pathTo, withoutPruned } from "./beam-layout.js";
import { minus, percent, tokenAfter } from "./token.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("./beam-layout.js").BeamNode} BeamNode */
/** @typedef {import("./beam-layout.js").Placed} Placed */

/** @typedef {{translation: string, beam: {nodes: BeamNode[], chosen: number} | null}} Sentence */

/**
 * The beam panel: the hypotheses of a beam search as a tree, its finished hypotheses as a table.
 *
 * @param {HTMLElement} host
 * @param {Context} context
 */
export function beamPanel(host, context) {
  const { t, params } = context;
  const requests = latestRequest();
  let model = "";
  let text = "";
  /** The settings of the address; those of the model unless given. */
  let size = Number(params.get("beam")) || 0;
  let penalty = Number(params.get("lengthPenalty") ?? Number.NaN);
  let asTree = params.get("layout") === "tree";
  let withPruned = params.get("pruned") !== "hide";
  /** Letters of the tree are as large as those of the page. */
  let zoom = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  let pointed = -1;
  let searching = false;
  /** @type {Sentence | undefined} */
  let sentence;
  /** @type {unknown} */
  let problem;
  /** @type {number | undefined} */
  let timer;

  async function load() {
    const signal = requests.next();
    searching = true;
    draw();
    try {
      const body = { model, text, beam: size, lengthPenalty: penalty, alternatives: 1 };
      const answer = /** @type {{sentences: Sentence[]}} */ (await context.api.post("/explain", body, { signal }));
      sentence = answer.sentences[0];
      problem = undefined;
      pointed = -1;
    } catch (caught) {
      if (signal.aborted) {
        return;
      }
      problem = caught;
    }
    searching = false;
    draw();
  }

  function loadSoon() {
    clearTimeout(timer);
    timer = window.setTimeout(load, 200);
    draw();
  }

  function draw() {
    render(problem ? problemState(t, problem, load) : sentence ? panel(sentence) : loading(t), host);
  }

  /** @param {Sentence} found */
  function panel(found) {
    return html`
      <p class="lead">${t("beam.lede")}</p>
      <div class="beam-controls">
        ${slider({
          label: t("beam.size"),
          hint: t("beam.size.hint"),
          min: 1,
          max: 10,
          value: size,
          onInput: (value) => {
            size = value;
            context.setParams({ beam: String(size) }, { replace: true });
            loadSoon();
          },
        })}
        ${slider({
          label: t("beam.penalty"),
          hint: formulaLine(t("beam.penalty.hint")),
          min: 0,
          max: 2,
          step: 0.1,
          value: penalty,
          format: (value) => number(value, { minimumFractionDigits: 1 }),
          onInput: (value) => {
            penalty = value;
            context.setParams({ lengthPenalty: String(penalty) }, { replace: true });
            loadSoon();
          },
        })}
      </div>
      ${searched(found)}`;
  }

  /** @param {Sentence} of */
  function searched(of) {
    if (!of.beam || of.beam.nodes.length < 2) {
      return html`<p class="muted">${t("beam.empty")}</p>`;
    }
    const { nodes, chosen } = of.beam;
    const shownNodes = withPruned ? nodes : withoutPruned(nodes);
    const layout = (asTree ? layoutAsTree : layoutByRank)(shownNodes, chosen);
    const shown = tokenNames(nodes);
    const drawn = drawing(layout, shown);
    const present = new Set(shownNodes.map((node) => node.id));
    const focused = present.has(pointed) ? pointed : 0;
    const lit = new Set(present.has(pointed) ? pathTo(nodes, pointed).map((node) => node.id) : []);
    return html`
      <div class="beam-toolbar">
        ${segmented({
          label: t("beam.layout"),
          value: asTree ? "tree" : "rank",
          options: ["rank", "tree"].map((value) => ({ value, label: t(`beam.layout.${value}`) })),
          onChange: (value) => setLayout(value === "tree"),
        })}
        ${checkbox({ label: t("beam.pruned"), checked: withPruned, onChange: togglePruned })}
        <ul class="beam-legend" aria-hidden="true">
          <li class="chosen">${t("beam.chosen")}</li>
          <li class="kept">${t("beam.kept")}</li>
          <li class="finished">${t("beam.finished")}</li>
          <li class="pruned">${t("beam.prunedNode")}</li>
        </ul>
        <div class="beam-zoom">
          <button type="button" aria-label=${t("beam.zoomOut")} title=${t("beam.zoomOut")} @click=${() => zoomTo(zoom / 1.25)}>−</button>
          <button type="button" @click=${() => fit(drawn.width)}>${t("beam.fit")}</button>
          <button type="button" aria-label=${t("beam.zoomIn")} title=${t("beam.zoomIn")} @click=${() => zoomTo(zoom * 1.25)}>+</button>
        </div>
      </div>
      <div class="beam-detail">${detail(nodes)}</div>
      <div class="beam-scroll ${searching ? "busy" : ""}" @wheel=${wheel}>
        <svg class="beam" role="tree" aria-label=${t("beam.tree")} viewBox="0 0 ${drawn.width} ${drawn.height}"
          width=${drawn.width * zoom} height=${drawn.height * zoom}
          @keydown=${(/** @type {KeyboardEvent} */ event) => keyed(event, layout)}>
          ${beam(drawn, { shown, label: (placed) => label(placed, shown), focused, lit, onPoint: point })}
        </svg>
      </div>
      <p class="hint">${t("beam.count", nodes.length - 1, layout.columns - 1, count(nodes, "pruned"), count(nodes, "finished"))}</p>
      ${hypotheses(nodes, chosen)}`;
  }

  /** @param {BeamNode[]} nodes the path to the node that is pointed at */
  function detail(nodes) {
    const path = pathTo(nodes, pointed);
    const node = path.at(-1);
    if (!node || path.length < 2) {
      return html`<p class="hint">${t("beam.detail")}</p>`;
    }
    const probability = Math.exp(node.logProbability - (path.at(-2)?.logProbability ?? 0));
    return html`
      <p class="beam-prefix">${joined(path.map((each) => each.token))}</p>
      <dl>
        <div><dt>${t("beam.probability")}</dt><dd>${percent(probability)}</dd></div>
        <div><dt>${t("beam.logProbability")}</dt><dd>${minus(node.logProbability)}</dd></div>
        <div><dt>${t("beam.score")}</dt><dd>${minus(node.score)}</dd></div>
      </dl>`;
  }

  /** @param {BeamNode[]} nodes @param {number} chosen */
  function hypotheses(nodes, chosen) {
    const finished = nodes.filter((node) => node.status === "finished").sort((a, b) => b.score - a.score);
    return html`<h2>${t("beam.hypotheses")}</h2>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${t("beam.hypotheses")}>
        <table class="beam-hypotheses">
          <thead><tr>
            <th scope="col" class="number">${t("beam.rank")}</th>
            <th scope="col">${t("beam.text")}</th>
            <th scope="col" class="number">${t("beam.tokens")}</th>
            <th scope="col" class="number">${t("beam.logProbability")}</th>
            <th scope="col" class="number">${t("beam.score")}</th>
          </tr></thead>
          <tbody>
            ${finished.map((node, index) => {
              const path = pathTo(nodes, node.id);
              return html`<tr class=${node.id === chosen ? "chosen" : ""}>
                <td class="number">${index + 1}</td>
                <td><button type="button" class="link-button" @click=${() => reveal(node.id)}>${joined(path.map((each) => each.token))}</button></td>
                <td class="number">${path.length - 1}</td>
                <td class="number">${minus(node.logProbability)}</td>
                <td class="number">${minus(node.score)}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>`;
  }

  /** @param {Placed} placed @param {(node: BeamNode) => string} shown */
  function label({ node, chosen }, shown) {
    const status = chosen && node.status !== "pruned" ? "chosen" : node.status === "pruned" ? "prunedNode" : node.status;
    return t("beam.node", shown(node), t(`beam.${status}`), minus(node.score), minus(node.logProbability));
  }

  /** @param {number} id */
  function point(id) {
    if (pointed !== id) {
      pointed = id;
      draw();
    }
  }

  /** Focuses a node and scrolls it into view. @param {number} id */
  function reveal(id) {
    point(id);
    const node = host.querySelector(`.beam-node[data-id="${id}"]`);
    if (node instanceof SVGElement) {
      node.focus();
      node.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  /** @param {KeyboardEvent} event @param {import("./beam-layout.js").Layout} layout */
  function keyed(event, layout) {
    const to = neighbor(layout, pointed < 0 ? 0 : pointed, event.key);
    if (to !== undefined) {
      event.preventDefault();
      reveal(to);
    } else if (event.key === "+" || event.key === "=") {
      zoomTo(zoom * 1.25);
    } else if (event.key === "-") {
      zoomTo(zoom / 1.25);
    }
  }

  /** @param {number} value */
  function zoomTo(value) {
    zoom = Math.max(0.3, Math.min(2.5, value));
    draw();
  }

  /** @param {number} width of the drawing */
  function fit(width) {
    const box = host.querySelector(".beam-scroll");
    zoomTo(Math.min(1.4, (box?.clientWidth ?? width) / width));
  }

  /** @param {WheelEvent} event */
  function wheel(event) {
    if (event.ctrlKey) {
      event.preventDefault();
      zoomTo(zoom * Math.exp(-event.deltaY / 300));
    }
  }

  /** @param {boolean} tree */
  function setLayout(tree) {
    asTree = tree;
    context.setParams({ layout: tree ? "tree" : null }, { replace: true });
    draw();
  }

  function togglePruned() {
    withPruned = !withPruned;
    context.setParams({ pruned: withPruned ? null : "hide" }, { replace: true });
    draw();
  }

  const offLanguage = context.onLang(draw);
  return {
    /** @param {string} newModel @param {string} newText */
    show(newModel, newText) {
      const served = context.models.find(({ id }) => id === newModel);
      model = newModel;
      text = newText;
      size = Math.min(10, Math.max(1, size || served?.beamSize || 4));
      penalty = Number.isNaN(penalty) ? (served?.lengthPenalty ?? 1) : penalty;
      void load();
    },
    dispose() {
      clearTimeout(timer);
      requests.stop();
      offLanguage();
    },
  };
}

/** @param {BeamNode[]} nodes @param {string} status */
function count(nodes, status) {
  return nodes.filter((node) => node.status === status).length;
}

/** The tokens as a reader sees them, by node. @param {BeamNode[]} nodes */
function tokenNames(nodes) {
  const tokens = new Map(nodes.map((node) => [node.id, node.token]));
  return (/** @type {BeamNode} */ node) => tokenAfter(tokens.get(node.parent) ?? "<bos>", node.token);
}
