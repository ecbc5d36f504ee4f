package org.yuqiao.train;

import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.corpus.pair.Example;

/**
 * The batches of one training step; more than one mean gradient accumulation.
 *
 * @param batches the examples of each batch
 */
public record StepBatches(List<List<Example>> batches) {
  /** A step on one batch. */
  public static StepBatches of(List<Example> batch) {
    return new StepBatches(List.of(batch));
  }

  boolean accumulated() {
    return batches.size() > 1;
  }

  int size() {
    return batches.size();
  }

  /** The examples of batch {@code index} that thread {@code thread} of {@code threads} computes. */
  List<Example> share(int index, int thread, int threads) {
    List<Example> batch = batches.get(index);
    return IntStream.iterate(thread, i -> i < batch.size(), i -> i + threads)
        .mapToObj(batch::get)
        .toList();
  }
}
