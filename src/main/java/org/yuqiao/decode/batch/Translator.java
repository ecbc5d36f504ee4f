package org.yuqiao.decode.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.BatchLimits;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.model.EncoderDecoder;

/**
 * Translates many sentences: sorted by length, in batches, on all threads, results in the order of
 * the sources. Threads share the weights. What is found for a sentence does not depend on the
 * others.
 */
public final class Translator implements AutoCloseable {
  private static final int[] NOTHING = {};

  private final List<WeightedModel> changing;
  private final Strategy strategy;
  private final BatchScheduler decoder;

  /**
   * A translator for a model that is being trained: each call of {@link #translate} sees {@code
   * parameters} as they are then.
   */
  public Translator(
      EncoderDecoder model,
      ParameterBuffer parameters,
      Backend backend,
      DecodingSettings settings) {
    this(
        List.of(WeightedModel.of(model, parameters)),
        backend,
        Strategy.of(settings, settings.beamSize()),
        BatchLimits.DEFAULT,
        true);
  }

  /** A translator that asks one model, or several with the same vocabularies together. */
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
    this.changing = changing ? List.copyOf(models) : List.of();
    this.strategy = strategy;
    this.decoder =
        new BatchScheduler(models, backend, strategy.rows(), strategy.questions(), limits);
  }

  /**
   * A sentence to translate.
   *
   * @param source token ids, without {@code <eos>}
   * @param prefix the tokens that the translation begins with, mostly none
   */
  public record Request(int[] source, int[] prefix) {
    /** A sentence whose translation may begin with anything. */
    public static Request of(int[] source) {
      return new Request(source, NOTHING);
    }
  }

  /** The most tokens of a source that are read; what is longer is cut off there. */
  public int longestSource() {
    return decoder.positions() - 1;
  }

  /** As {@link #find}, for sources without prefixes. */
  public List<List<Hypothesis>> translate(List<int[]> sources, LongConsumer progress) {
    return find(sources.stream().map(Request::of).toList(), progress);
  }

  /**
   * The best hypotheses of each source, the best first; for a source without tokens one empty
   * hypothesis.
   *
   * @param progress is told the number of sentences done whenever some more are
   */
  public List<List<Hypothesis>> find(List<Request> requests, LongConsumer progress) {
    changing.forEach(model -> model.weights().refresh());
    List<int[]> sources = requests.stream().map(request -> shortened(request.source())).toList();
    List<List<Hypothesis>> results = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      results.add(List.of(new Hypothesis(NOTHING, 0, 0)));
    }
    decoder.run(
        sources,
        i -> strategy.begin(sources.get(i), requests.get(i).prefix(), decoder.positions()),
        (i, found) -> {
          results.set(i, found);
          progress.accept(1);
        });
    return results;
  }

  private int[] shortened(int[] source) {
    int longest = longestSource();
    return source.length <= longest ? source : Arrays.copyOf(source, longest);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
