/**
 * The chart kit: lines, bars, heat maps, labels, as PNG or SVG. In come drawings that know nothing
 * of models.
 *
 * <p>Start with {@link org.yuqiao.plot.Picture} and {@link org.yuqiao.plot.LineChart}.
 */
package org.yuqiao.plot;
