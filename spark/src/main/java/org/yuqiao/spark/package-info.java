/**
 * Yuqiao on Apache Spark: the commands that have {@code --engine spark}, with the results of one
 * machine. In comes what distributes work; what a pair or a line becomes is decided by the core.
 *
 * <p>Read {@link org.yuqiao.spark.SparkEngine} first, then {@code SparkCleaning}.
 */
package org.yuqiao.spark;
