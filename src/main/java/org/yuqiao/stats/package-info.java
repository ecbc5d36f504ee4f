/**
 * Statistics: Student's and Welch's t over seeds, their pooled variance, Holm's correction, rank
 * correlation. Only statistics that several packages need belong here; distributions and tests come
 * from Hipparchus.
 *
 * <p>Start with {@link org.yuqiao.stats.SeedStatistics}.
 */
package org.yuqiao.stats;
