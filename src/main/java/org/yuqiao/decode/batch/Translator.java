package org.yuqiao.decode.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.decode.logits.PlaceholderTokens;
import org.yuqiao.decode.search.Search;
import org.yuqiao.decode.search.SearchListener;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Ensemble;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.model.EncoderDecoder;

/**
 * Translates many sentences: sorted by length, in batches, on all threads, which share the weights.
 * Results come in the order of the sources; the result of a sentence does not depend on the others.
 */
public final class Translator implements AutoCloseable {
  private static final int[] NOTHING = {};

  private final List<WeightedModel> changing;
  private final Strategy strategy;
  private final BatchLimits limits;
  private final Threads threads;
  private final List<BatchDecoder> decoders = new ArrayList<>();
  private final int positions;

  /**
   * A translator for a model in training: each call of {@link #translate} reads {@code parameters}
   * anew.
   */
  public Translator(
      EncoderDecoder model,
      ParameterBuffer parameters,
      Backend backend,
      DecodingSettings settings) {
    this(
        List.of(WeightedModel.of(model, parameters)),
        backend,
        Strategy.withScores(settings, settings.beamSize()),
        BatchLimits.DEFAULT,
        true);
  }

  /** A translator for one model, or for an ensemble with the same vocabularies. */
  public Translator(
      List<WeightedModel> models, Backend backend, Strategy strategy, BatchLimits limits) {
    this(models, backend, strategy, limits, false);
  }

  private Translator(
      List<WeightedModel> models,
      Backend backend,
      Strategy strategy,
      BatchLimits limits,
      boolean changing) {
    this(
        () -> Ensemble.of(models, backend, strategy.outputs()),
        backend,
        strategy,
        limits,
        changing ? models : List.of());
  }

  /** A translator whose threads each use a model of {@code models}. */
  Translator(
      Supplier<StepModel> models,
      Backend backend,
      Strategy strategy,
      BatchLimits limits,
      List<WeightedModel> changing) {
    this.changing = List.copyOf(changing);
    this.strategy = strategy;
    this.limits = limits;
    this.threads = new Threads(backend.threads());
    int minPositions = Integer.MAX_VALUE;
    for (int i = 0; i < backend.threads(); i++) {
      StepModel model = models.get();
      minPositions = Math.min(minPositions, model.positions());
      decoders.add(new BatchDecoder(model));
    }
    this.positions = minPositions;
  }

  /**
   * A sentence to translate.
   *
   * @param source token ids, without {@code <eos>}
   * @param prefix the tokens that the translation begins with; usually none
   * @param placeholders those of the target vocabulary, and how many the source has
   * @param listener follows the search
   */
  public record Request(
      int[] source, int[] prefix, PlaceholderTokens placeholders, SearchListener listener) {
    /** A sentence whose search is not followed. */
    public Request(int[] source, int[] prefix) {
      this(source, prefix, PlaceholderTokens.NONE, SearchListener.NONE);
    }

    /** A sentence whose translation has no given prefix. */
    public static Request of(int[] source) {
      return new Request(source, NOTHING);
    }
  }

  /** The maximum number of tokens of a source; longer ones are truncated. */
  int longestSource() {
    return positions - 1;
  }

  /** As {@link #find(List, LongConsumer)}, for sources without prefixes. */
  public List<List<Hypothesis>> translate(List<int[]> sources, LongConsumer progress) {
    return find(sources.stream().map(Request::of).toList(), progress);
  }

  /**
   * The best hypotheses of each source, the best first; for a source without tokens one empty
   * hypothesis.
   *
   * @param progress receives the number of sentences done since its last call
   */
  public List<List<Hypothesis>> find(List<Request> requests, LongConsumer progress) {
    return find(requests, strategy, progress);
  }

  /** As {@link #find(List, LongConsumer)}, by a strategy that reads the same outputs or fewer. */
  public List<List<Hypothesis>> find(List<Request> requests, Strategy by, LongConsumer progress) {
    if (!strategy.outputs().include(by.outputs())) {
      throw new IllegalArgumentException("the models compute " + strategy.outputs() + " only");
    }
    changing.forEach(model -> model.weights().refresh());
    List<int[]> sources = requests.stream().map(request -> truncated(request.source())).toList();
    return run(
        sources,
        by.rows(),
        i -> {
          Request request = requests.get(i);
          return by.begin(
              sources.get(i),
              request.prefix(),
              request.placeholders(),
              positions,
              request.listener());
        },
        progress);
  }

  private int[] truncated(int[] source) {
    return source.length < positions ? source : Arrays.copyOf(source, positions - 1);
  }

  /**
   * Runs the search of each source.
   *
   * @param sources token ids without {@code <eos>}, at most {@link #longestSource} of them
   * @param rows the maximum number of rows of a search
   * @param searches makes the search of a source by its index
   */
  List<List<Hypothesis>> run(
      List<int[]> sources, int rows, IntFunction<Search> searches, LongConsumer progress) {
    List<List<Hypothesis>> results = new ArrayList<>();
    sources.forEach(source -> results.add(List.of(new Hypothesis(NOTHING, 0, 0))));
    int[] lengths =
        sources.stream().mapToInt(ids -> ids.length == 0 ? 0 : ids.length + 1).toArray();
    BlockingQueue<BatchDecoder> idle = new LinkedBlockingQueue<>(decoders);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int[] batch : limits.batches(lengths, rows, decoders.size())) {
      tasks.add(
          () -> {
            BatchDecoder decoder = idle.take();
            try {
              List<Search> started = Arrays.stream(batch).mapToObj(searches).toList();
              decoder.run(Arrays.stream(batch).mapToObj(sources::get).toList(), started);
              synchronized (results) {
                for (int i = 0; i < batch.length; i++) {
                  results.set(batch[i], started.get(i).result());
                  progress.accept(1);
                }
              }
            } finally {
              idle.add(decoder);
            }
            return true;
          });
    }
    threads.all(tasks);
    return results;
  }

  /**
   * The seconds that all threads spent in ops so far, by their part of the model and their name.
   */
  public Map<String, Double> secondsByOp() {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (BatchDecoder decoder : decoders) {
      decoder.secondsByOp().forEach((op, seconds) -> sums.merge(op, seconds, Double::sum));
    }
    return sums;
  }

  @Override
  public void close() {
    threads.close();
    decoders.forEach(BatchDecoder::close);
  }
}
