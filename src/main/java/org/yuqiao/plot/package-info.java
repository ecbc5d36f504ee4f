/**
 * The chart kit: lines, labeled points, bars and heat maps as PNG or SVG. Only drawings that know
 * nothing of models belong here.
 *
 * <p>Start with {@link org.yuqiao.plot.Picture} and {@link org.yuqiao.plot.LineChart}.
 */
package org.yuqiao.plot;
