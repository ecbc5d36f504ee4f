/**
 * Figures of models and runs: attention, next-token probabilities, positions, learning curves. Only
 * pictures that need a model or a run belong here; the chart kit in {@code plot} knows neither.
 *
 * <p>Start with {@link org.yuqiao.figure.AttentionPlot}.
 */
package org.yuqiao.figure;
