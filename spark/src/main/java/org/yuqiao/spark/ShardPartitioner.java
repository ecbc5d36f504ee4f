package org.yuqiao.spark;

import org.apache.spark.Partitioner;

/** Gives each shard, which is a number of consecutive records, a partition of its own. */
final class ShardPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final long records;
  private final int perShard;

  /** For {@code records} records, of which {@code perShard} make a shard. */
  ShardPartitioner(long records, int perShard) {
    this.records = records;
    this.perShard = perShard;
  }

  @Override
  public int numPartitions() {
    return Math.toIntExact(Math.max(1, (records + perShard - 1) / perShard));
  }

  @Override
  public int getPartition(Object record) {
    return (int) ((Long) record / perShard);
  }
}
