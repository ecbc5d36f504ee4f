package org.yuqiao.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.Sha256;
import scala.Tuple2;

/**
 * Finds the pairs that occurred before, wherever they are. Pairs meet by the first 128 bits of
 * their SHA-256; the one with the least index is the first.
 */
final class Duplicates {
  private static final int HASH_BYTES = 16;

  private Duplicates() {}

  /** The hash of a pair, then its index, big-endian: sorted by bytes, the first is the original. */
  static byte[] key(SentencePair pair, long index) {
    MessageDigest digest = Sha256.digest();
    digest.update(pair.chinese().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\t');
    byte[] hash = digest.digest(pair.english().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(HASH_BYTES + Long.BYTES)
        .put(hash, 0, HASH_BYTES)
        .putLong(index)
        .array();
  }

  /**
   * The indexes of repeated pairs by shard.
   *
   * @param keys of all pairs, as {@link #key} makes them
   */
  static JavaPairRDD<Long, Boolean> of(
      JavaPairRDD<byte[], Boolean> keys, ShardPartitioner shards, int partitions) {
    JavaPairRDD<Long, Boolean> repeated =
        Shuffle.sorted(keys, new ByHash(partitions), new ByBytes(), byte[].class, Boolean.class)
            .mapPartitionsToPair(sorted -> new Selected<>(sorted, new Repeated()::of));
    return Shuffle.sorted(repeated, shards, new ByNumber(), Long.class, Boolean.class);
  }

  /** Partitions by the first bytes of the hash. */
  private static final class ByHash extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int partitions;

    ByHash(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return Integer.remainderUnsigned(ByteBuffer.wrap((byte[]) key).getInt(), partitions);
    }
  }

  /** The order of unsigned bytes. */
  private static final class ByBytes implements Comparator<byte[]>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(byte[] first, byte[] second) {
      return Arrays.compareUnsigned(first, second);
    }
  }

  /** The order of indexes. */
  static final class ByNumber implements Comparator<Long>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Long first, Long second) {
      return Long.compare(first, second);
    }
  }

  /** Finds keys whose hash is that of the key before. */
  private static final class Repeated {
    private byte[] last = new byte[HASH_BYTES];
    private boolean begun;

    Optional<Tuple2<Long, Boolean>> of(Tuple2<byte[], Boolean> sorted) {
      byte[] key = sorted._1();
      boolean same = begun && Arrays.equals(key, 0, HASH_BYTES, last, 0, HASH_BYTES);
      begun = true;
      last = key;
      return same
          ? Optional.of(new Tuple2<>(ByteBuffer.wrap(key).getLong(HASH_BYTES), true))
          : Optional.empty();
    }
  }
}
