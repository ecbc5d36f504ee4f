// @ts-check
/** A step as boxes: what goes in, the sign, what comes out; boxes are as wide and high as matrices, on a log scale. */
import { nothing, svg, html } from "lit-html";
import { formulaParts } from "../../parts/formula.js";
import { flowOf } from "./trace.js";

const MID = 0;

/** @param {number} count */
function length(count) {
  return 14 + 9 * Math.log2(Math.max(1, count));
}

/** @param {string} text */
function tspans(text) {
  return formulaParts(text).map(({ text: part, kind }) => (kind === "sub" ? svg`<tspan dy="4" font-size="11">${part}</tspan>` : svg`<tspan>${part}</tspan>`));
}

/**
 * @param {import("../../i18n.js").Translate} t
 * @param {import("./trace.js").Trace} trace
 * @param {number} index
 * @param {(step: string) => void} go
 */
export function flowPicture(t, trace, index, go) {
  const step = /** @type {import("./trace.js").Step} */ (trace.steps[index]);
  const { parts } = flowOf(trace, index);
  let x = 4;
  let order = 0;
  let tallest = 22;
  const shapes = [...parts, "=", { symbol: step.symbol, shape: step.shape }].slice(parts.length ? 0 : 1).map((part, place, all) => {
    if (typeof part === "string") {
      const width = Math.max(26, 9 * [...part].length + 10);
      const middle = x + width / 2;
      x += width;
      return svg`<text class="flow-sign" .style=${`--order:${order}`} x=${middle} y=${MID + 5} text-anchor="middle">${part === "=" ? "→" : part}</text>`;
    }
    const [rows, columns] = part.shape ?? [1, 1];
    const width = Math.max(30, length(columns));
    const height = Math.max(22, length(rows) * 0.7);
    tallest = Math.max(tallest, height);
    const left = x;
    x += width + 4;
    const out = place === all.length - 1;
    const { step: target } = part;
    const box = svg`
      <rect class="flow-box ${part.learned ? "learned" : ""} ${out ? "out" : ""}" x=${left} y=${MID - height / 2} width=${width} height=${height} rx="4"></rect>
      <text class="flow-name" x=${left + width / 2} y=${MID + 5} text-anchor="middle">${tspans(part.symbol)}</text>
      ${part.shape ? svg`<text class="flow-shape" x=${left + width / 2} y=${MID + height / 2 + 15} text-anchor="middle">${rows}×${columns}</text>` : nothing}`;
    const style = `--order:${order++}`;
    return target
      ? svg`<g class="flow-part link" .style=${style} @click=${() => go(target)}><title>${t(`name.${target}`)}</title>${box}</g>`
      : svg`<g class="flow-part ${out ? "result" : ""}" .style=${style}>${box}</g>`;
  });
  const learned = parts.some((part) => typeof part !== "string" && part.learned);
  return html`<figure class="flow">
    <svg viewBox="0 ${-tallest / 2 - 2} ${x + 4} ${tallest + 24}" width=${x + 4} height=${tallest + 24} role="img" aria-label=${t("steps.flow", step.symbol)}>${shapes}</svg>
    ${learned ? html`<figcaption class="hint">${t("steps.learned")}</figcaption>` : nothing}
  </figure>`;
}
