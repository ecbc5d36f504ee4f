// @ts-check
// The parts of D3 that the page uses, from the bundles of their WebJars. Scales of time would need d3-time as well.
import "/lib/d3-array/dist/d3-array.min.js";
import "/lib/d3-color/dist/d3-color.min.js";
import "/lib/d3-interpolate/dist/d3-interpolate.min.js";
import "/lib/d3-format/dist/d3-format.min.js";
import "/lib/d3-scale/dist/d3-scale.min.js";
import "/lib/d3-path/dist/d3-path.min.js";
import "/lib/d3-shape/dist/d3-shape.min.js";

/**
 * @typedef {((value: number) => number) & {
 *   domain(): number[],
 *   domain(bounds: number[]): ContinuousScale,
 *   range(): number[],
 *   range(bounds: number[]): ContinuousScale,
 *   nice(count?: number): ContinuousScale,
 *   clamp(on: boolean): ContinuousScale,
 *   invert(place: number): number,
 *   ticks(count?: number): number[],
 *   tickFormat(count?: number, specifier?: string): (value: number) => string,
 *   copy(): ContinuousScale,
 * }} ContinuousScale
 */

/**
 * @typedef {((points: readonly (readonly [number, number])[]) => string | null) & {
 *   x(of: (point: readonly [number, number]) => number): LineShape,
 *   y(of: (point: readonly [number, number]) => number): LineShape,
 *   defined(is: (point: readonly [number, number]) => boolean): LineShape,
 *   curve(kind: unknown): LineShape,
 * }} LineShape
 */

/**
 * @typedef {object} D3
 * @property {() => ContinuousScale} scaleLinear
 * @property {() => ContinuousScale} scaleLog
 * @property {() => LineShape} line
 * @property {(values: Iterable<number>) => [number, number] | [undefined, undefined]} extent
 */

const d3 = /** @type {{d3: D3}} */ (/** @type {unknown} */ (globalThis)).d3;

export const { scaleLinear, scaleLog, line, extent } = d3;
