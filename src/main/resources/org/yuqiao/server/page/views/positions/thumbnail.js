// @ts-check
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { diverging, sequential } from "../../parts/color.js";
import { onTheme } from "../../parts/theme.js";

/** @typedef {import("../../app.js").Context} Context */
/** @typedef {import("../positions.js").Scheme} Scheme */

/**
 * A scheme's similarity of positions as a small picture that chooses the scheme.
 *
 * @param {Context} context
 * @param {string} name
 * @param {Scheme} scheme
 * @param {boolean} chosen
 * @param {() => void} onChoose
 */
export function thumbnail({ t }, name, scheme, chosen, onChoose) {
  const values = scheme.similarity ?? scheme.heads?.[0];
  return html`<button type="button" class="positions-thumbnail" aria-pressed=${chosen} aria-label=${t("show", name)} @click=${onChoose}>
    ${values ? html`<canvas aria-hidden="true" ${ref((element) => element instanceof HTMLCanvasElement && paint(element, values))}></canvas>` : nothing}
    <span>${name}</span>
  </button>`;
}

/** @type {WeakMap<HTMLCanvasElement, number[][]>} */
const painted = new WeakMap();
onTheme(() => {
  for (const canvas of document.querySelectorAll(".positions-thumbnail canvas")) {
    const values = canvas instanceof HTMLCanvasElement ? painted.get(canvas) : undefined;
    if (values) {
      paint(/** @type {HTMLCanvasElement} */ (canvas), values);
    }
  }
});

/** One pixel a cell, enlarged by CSS. @param {HTMLCanvasElement} canvas @param {number[][]} values */
function paint(canvas, values) {
  painted.set(canvas, values);
  const size = values.length;
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) {
    return;
  }
  const image = context.createImageData(size, size);
  const all = values.flat();
  const max = Math.max(...all.map(Math.abs)) || 1;
  const signed = all.some((value) => value < 0);
  all.forEach((value, index) => {
    const color = signed ? diverging(value / max) : sequential(value / max);
    image.data.set([...color, 255], index * 4);
  });
  context.putImageData(image, 0, 0);
}
