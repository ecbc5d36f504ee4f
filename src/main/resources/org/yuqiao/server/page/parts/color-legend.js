// @ts-check
/** The color scale of a matrix, from its lowest to its highest value. */
import { html } from "lit-html";
import { css } from "./color.js";
import { colorOf } from "./heat-map-paint.js";

const STOPS = 9;

/**
 * @param {(value: number) => string} format
 * @param {import("./heat-map-paint.js").Scale} scale
 * @param {readonly [number, number]} domain
 */
export function colorLegend(format, scale, [low, high]) {
  const stops = Array.from({ length: STOPS }, (_, i) => css(colorOf(low + ((high - low) * i) / (STOPS - 1), scale, [low, high])));
  return html`<span>${format(low)}</span>
    <span class="heat-ramp" .style=${`background:linear-gradient(90deg,${stops.join(",")})`}></span>
    <span>${format(high)}</span>`;
}
