/**
 * The order in which a graph's ops run, and the fusion of several ops into one.
 *
 * <p>Start with {@link org.yuqiao.backend.plan.Plan}. A fusion is a {@link
 * org.yuqiao.backend.plan.FusionPattern}; {@link org.yuqiao.backend.plan.FusedAttention} is the
 * only one.
 */
package org.yuqiao.backend.plan;
