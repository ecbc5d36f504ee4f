package org.yuqiao.spark.train;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Tasks that run at the same time and know each other; Spark's Java interface has none. */
final class BarrierStage {
  private BarrierStage() {}

  /** The work of one task. */
  interface Work<R> extends Serializable {
    R of(BarrierTaskContext context);
  }

  private interface Function<A, B> extends Function1<A, B>, Serializable {}

  /** Runs {@code count} tasks; returns their results in order. */
  static <R> List<R> run(JavaSparkContext spark, int count, Work<R> work) {
    RDD<Integer> tasks = spark.parallelize(Collections.nCopies(count, 0), count).rdd();
    Function<Iterator<Integer>, Iterator<R>> task =
        none -> CollectionConverters.asScala(List.of(work.of(BarrierTaskContext.get())).iterator());
    ClassTag<R> tag = ClassTag$.MODULE$.apply(Object.class);
    return tasks.barrier().mapPartitions(task, false, tag).toJavaRDD().collect();
  }
}
