/**
 * Statistics that several rooms need: Student's and Welch's t over seeds, Holm's correction, rank
 * correlation. Distributions and tests come from Hipparchus.
 *
 * <p>Start with {@link org.yuqiao.stats.SeedStatistics}.
 */
package org.yuqiao.stats;
