/**
 * Comparison of complete runs: differing settings, scores with confidence intervals, significance
 * tests, and the report. Only code that reads several runs belongs here.
 *
 * <p>Read {@link org.yuqiao.experiment.compare.Comparison} first.
 */
package org.yuqiao.experiment.compare;
