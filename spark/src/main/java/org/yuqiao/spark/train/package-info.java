/**
 * Data-parallel training: each executor is a replica, in a task of a barrier stage; gradients are
 * summed on a ring between the tasks.
 *
 * <p>Start with {@link org.yuqiao.spark.train.SparkTraining}, the driver, and {@code ReplicaTask},
 * the executors. What a replica computes is the core's, see {@code org.yuqiao.train.Replica}.
 */
package org.yuqiao.spark.train;
