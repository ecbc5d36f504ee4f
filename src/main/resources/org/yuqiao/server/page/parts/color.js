// @ts-check
/** Color scales that grow evenly in lightness, so that they can be told apart without color. */
import { isDark } from "./theme.js";

/** @typedef {readonly [number, number, number]} Rgb */

/** @param {string} hex @returns {Rgb} */
function rgb(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

const SEQUENTIAL = {
  light: ["#f8f7f3", "#dbe9e6", "#a9d3cf", "#6fb5bd", "#3a8fac", "#226795", "#1b4276", "#141f4d"].map(rgb),
  dark: ["#181c24", "#1d2c4d", "#1f4879", "#22698f", "#2f8f97", "#5bb58c", "#a8d67f", "#f7f3a1"].map(rgb),
};
const DIVERGING = {
  light: ["#123f7c", "#3f79b3", "#96bedb", "#f8f7f3", "#eeb093", "#c8613f", "#7f2311"].map(rgb),
  dark: ["#9ccbff", "#5592d3", "#294d79", "#181c24", "#743a26", "#cb704b", "#ffc0a1"].map(rgb),
};

/** @param {readonly Rgb[]} stops @param {number} share 0 to 1 @returns {Rgb} */
function between(stops, share) {
  const place = Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(place));
  const [low, high] = /** @type {[Rgb, Rgb]} */ ([stops[index], stops[index + 1]]);
  const part = place - index;
  const mix = (/** @type {number} */ a, /** @type {number} */ b) => Math.round(a + (b - a) * part);
  return [mix(low[0], high[0]), mix(low[1], high[1]), mix(low[2], high[2])];
}

/** From the page's ground (0) to the strongest color (1). @param {number} share @returns {Rgb} */
export function sequential(share) {
  return between(SEQUENTIAL[isDark() ? "dark" : "light"], share);
}

/** From blue (-1) by the page's ground (0) to red (1). @param {number} value @returns {Rgb} */
export function diverging(value) {
  return between(DIVERGING[isDark() ? "dark" : "light"], (value + 1) / 2);
}

/** @param {Rgb} color */
export function css([red, green, blue]) {
  return `rgb(${red} ${green} ${blue})`;
}

/** Black or white, whichever is read better on a color. @param {Rgb} color */
export function readableOn([red, green, blue]) {
  const linear = [red, green, blue].map((part) => (part / 255) ** 2.2);
  const luminance = 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  return luminance > 0.18 ? "#10131a" : "#ffffff";
}

/** Colors of lines and groups that color-blind readers can tell apart; as CSS properties, so that they follow the theme. */
const CATEGORIES = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5", "--series-6"];

/** @param {number} index */
export function category(index) {
  return `var(${CATEGORIES[index % CATEGORIES.length]})`;
}
