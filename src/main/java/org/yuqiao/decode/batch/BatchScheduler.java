package org.yuqiao.decode.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.decode.search.Search;
import org.yuqiao.decode.step.BatchLimits;
import org.yuqiao.decode.step.Ensemble;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.decode.step.WeightedModel;

/**
 * Carries on searches for many sentences: sorted by length, in batches, on all threads, which share
 * the weights.
 */
final class BatchScheduler implements AutoCloseable {
  private final int rows;
  private final int count;
  private final int positions;
  private final BatchLimits limits;
  private final Threads threads;
  private final List<BatchDecoder> decoders = new ArrayList<>();

  /**
   * A decoder for {@code models}, which are asked together.
   *
   * @param rows the most rows that one sentence takes
   */
  BatchScheduler(
      List<WeightedModel> models,
      Backend backend,
      int rows,
      StepOutputs questions,
      BatchLimits limits) {
    this(() -> Ensemble.of(models, backend, questions), backend, rows, limits);
  }

  /**
   * A decoder that asks what {@code predictors} makes, one for each thread.
   *
   * @param rows the most rows that one sentence takes
   */
  BatchScheduler(Supplier<StepModel> predictors, Backend backend, int rows, BatchLimits limits) {
    this.rows = rows;
    this.limits = limits;
    this.count = backend.threads();
    this.threads = new Threads(count);
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      StepModel predictor = predictors.get();
      least = predictor.positions();
      decoders.add(new BatchDecoder(predictor));
    }
    this.positions = least;
  }

  /** The most tokens that a source, or a translation with {@code <bos>}, may have. */
  int positions() {
    return positions;
  }

  /**
   * Carries on the search of each source.
   *
   * @param sources token ids without {@code <eos>}, fewer than {@link #positions}; those without
   *     any are passed over
   * @param searches the search of the source of that number, asked for once
   * @param done is told which are done, by one thread at a time
   */
  void run(List<int[]> sources, IntFunction<Search> searches, Done done) {
    BlockingQueue<BatchDecoder> idle = new LinkedBlockingQueue<>(decoders);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int[] batch : batches(sources)) {
      tasks.add(
          () -> {
            BatchDecoder decoder = idle.take();
            try {
              List<int[]> own = Arrays.stream(batch).mapToObj(sources::get).toList();
              List<Search> started = Arrays.stream(batch).mapToObj(searches).toList();
              decoder.run(own, started);
              synchronized (done) {
                for (int i = 0; i < batch.length; i++) {
                  done.accept(batch[i], started.get(i).result());
                }
              }
            } finally {
              idle.add(decoder);
            }
            return true;
          });
    }
    threads.all(tasks);
  }

  /** Is told what was found for a source. */
  @FunctionalInterface
  interface Done {
    void accept(int source, List<Hypothesis> found);
  }

  /**
   * The longest first, so that no thread is left with long ones at the end, in batches of about as
   * many tokens each, as many for one thread as for another.
   */
  private List<int[]> batches(List<int[]> sources) {
    int[] order =
        IntStream.range(0, sources.size())
            .filter(i -> sources.get(i).length > 0)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -sources.get(i).length))
            .mapToInt(Integer::intValue)
            .toArray();
    long share = limits.share(Arrays.stream(order).mapToLong(i -> tokens(sources, i)).sum(), count);
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.length) {
      int most =
          Math.min(order.length, from + limits.sentences(length(sources, order[from]), rows));
      int to = from;
      for (long taken = 0; to < most && taken < share; to++) {
        taken += tokens(sources, order[to]);
      }
      batches.add(Arrays.copyOfRange(order, from, to));
      from = to;
    }
    return batches;
  }

  private long tokens(List<int[]> sources, int number) {
    return (long) rows * length(sources, number);
  }

  /** With the end. */
  private static int length(List<int[]> sources, int number) {
    return sources.get(number).length + 1;
  }

  @Override
  public void close() {
    threads.close();
    decoders.forEach(BatchDecoder::close);
  }
}
