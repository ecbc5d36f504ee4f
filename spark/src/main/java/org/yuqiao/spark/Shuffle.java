package org.yuqiao.spark;

import java.util.Comparator;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.KryoSerializer;
import scala.Tuple2;
import scala.math.Ordering;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Moves pairs to the partitions of their keys and sorts them there. */
final class Shuffle {
  private Shuffle() {}

  /** An order that travels to executors. */
  private record Order<K>(Comparator<K> comparator) implements Ordering<K> {
    @Override
    public int compare(K first, K second) {
      return comparator.compare(first, second);
    }
  }

  /**
   * The pairs by the partition of their key, in the order of keys. Reading them again reads what
   * was moved, without computing {@code pairs} anew.
   *
   * @param pairs of types that Kryo knows: texts, numbers, arrays of bytes
   * @param order of keys; serializable
   */
  static <K, V> JavaPairRDD<K, V> sorted(
      JavaPairRDD<K, V> pairs,
      Partitioner partitioner,
      Comparator<K> order,
      Class<K> keys,
      Class<V> values) {
    ClassTag<K> keyTag = ClassTag$.MODULE$.apply(keys);
    ClassTag<V> valueTag = ClassTag$.MODULE$.apply(values);
    SparkConf conf = pairs.context().getConf();
    ShuffledRDD<K, V, V> moved =
        new ShuffledRDD<K, V, V>(pairs.rdd(), partitioner, keyTag, valueTag, valueTag)
            .setSerializer(new KryoSerializer(conf))
            .setKeyOrdering(new Order<>(order));
    return new JavaPairRDD<>(asPairs(moved), keyTag, valueTag);
  }

  /** Tuples are what such an RDD holds, whatever its type says. */
  @SuppressWarnings("unchecked")
  private static <K, V> RDD<Tuple2<K, V>> asPairs(Object moved) {
    return (RDD<Tuple2<K, V>>) moved;
  }
}
