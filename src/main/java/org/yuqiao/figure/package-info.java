/**
 * Figures of models and runs: attention, next-token probabilities, positions, learning curves. In
 * come pictures that need a model or a run; the chart kit below knows neither.
 *
 * <p>Start with {@link org.yuqiao.figure.AttentionPlot}.
 */
package org.yuqiao.figure;
