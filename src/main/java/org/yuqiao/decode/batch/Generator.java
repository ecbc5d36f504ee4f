package org.yuqiao.decode.batch;

import java.util.List;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.LanguageModelDecoder;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.model.DecoderOnly;
import org.yuqiao.text.Tokenizer;

/** Continues prompts with a language model: greedily, by beam search or by sampling. */
public final class Generator implements AutoCloseable {
  private final DecoderOnly model;
  private final InferenceWeights weights;
  private final Backend backend;
  private final Strategy strategy;
  private final Translator decoder;

  /** A generator for a model whose {@code parameters} no longer change. */
  public Generator(
      DecoderOnly model, ParameterBuffer parameters, Backend backend, Strategy strategy) {
    this.model = model;
    this.weights = new InferenceWeights(parameters);
    this.backend = backend;
    this.strategy = strategy;
    this.decoder =
        new Translator(
            () -> new LanguageModelDecoder(model, weights, backend),
            backend,
            strategy,
            BatchLimits.DEFAULT,
            List.of());
  }

  /** The maximum number of tokens of a text with its prompt. */
  public int longest() {
    return decoder.longestSource();
  }

  /**
   * Texts that begin with each prompt, the best first.
   *
   * @param prompts token ids, at most {@link #longest} of them
   * @param maxNewTokens the maximum number of tokens added to a prompt
   * @param progress receives the number of prompts done since its last call
   */
  public List<List<Hypothesis>> generate(
      List<int[]> prompts, int maxNewTokens, LongConsumer progress) {
    return decoder.run(
        prompts.stream().map(Generator::withBos).toList(),
        strategy.rows(),
        i -> {
          int[] prompt = prompts.get(i);
          return strategy.beginText(
              prompt, (int) Math.min(longest(), (long) prompt.length + maxNewTokens));
        },
        progress);
  }

  /** The log-probability of each token after {@code prompt}, by id. */
  public float[] next(int[] prompt) {
    float[] logProbabilities = new float[model.vocabulary()];
    try (StepModel step = new LanguageModelDecoder(model, weights, backend)) {
      step.begin(List.of(prompt));
      for (int token : withBos(prompt)) {
        step.step(new int[] {token});
      }
      step.read(0, logProbabilities);
    }
    return logProbabilities;
  }

  private static int[] withBos(int[] prompt) {
    int[] tokens = new int[prompt.length + 1];
    tokens[0] = Tokenizer.BOS;
    System.arraycopy(prompt, 0, tokens, 1, prompt.length);
    return tokens;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
