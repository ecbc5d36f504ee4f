package org.yuqiao.decode.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.BatchLimits;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.LanguageModelDecoder;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.model.DecoderOnly;
import org.yuqiao.text.Tokenizer;

/** Goes on with texts as a language model says: greedily, by beam search, or by drawing tokens. */
public final class Generator implements AutoCloseable {
  private final DecoderOnly model;
  private final InferenceWeights weights;
  private final Backend backend;
  private final Strategy strategy;
  private final BatchScheduler decoder;

  /** A generator for a model whose {@code parameters} do not change any more. */
  public Generator(
      DecoderOnly model, ParameterBuffer parameters, Backend backend, Strategy strategy) {
    this.model = model;
    this.weights = new InferenceWeights(parameters);
    this.backend = backend;
    this.strategy = strategy;
    this.decoder =
        new BatchScheduler(
            () -> new LanguageModelDecoder(model, weights, backend),
            backend,
            strategy.rows(),
            BatchLimits.DEFAULT);
  }

  /** The most tokens of a text with its prompt. */
  public int longest() {
    return decoder.positions() - 1;
  }

  /**
   * Texts that begin with each prompt, the best first.
   *
   * @param prompts token ids, at most {@link #longest} of them
   * @param most how many tokens are added to a prompt, at most
   * @param progress is told the number of prompts done whenever some more are
   */
  public List<List<Hypothesis>> generate(List<int[]> prompts, int most, LongConsumer progress) {
    List<int[]> beginnings = prompts.stream().map(Generator::begun).toList();
    List<List<Hypothesis>> results = new ArrayList<>();
    prompts.forEach(prompt -> results.add(List.of()));
    decoder.run(
        beginnings,
        i -> {
          int[] prompt = prompts.get(i);
          return strategy.goOn(prompt, Math.min(longest(), prompt.length + most));
        },
        (i, found) -> {
          results.set(i, found);
          progress.accept(1);
        });
    return results;
  }

  /** The log-probability of each token after {@code prompt}, by id. */
  public float[] next(int[] prompt) {
    float[] logProbabilities = new float[model.vocabulary()];
    try (StepModel predictor = new LanguageModelDecoder(model, weights, backend)) {
      predictor.begin(List.of(prompt));
      for (int token : begun(prompt)) {
        predictor.step(new int[] {token});
      }
      predictor.read(0, logProbabilities);
    }
    return logProbabilities;
  }

  private static int[] begun(int[] prompt) {
    int[] begun = new int[prompt.length + 1];
    begun[0] = Tokenizer.BOS;
    System.arraycopy(prompt, 0, begun, 1, prompt.length);
    return begun;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
