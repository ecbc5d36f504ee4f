package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.Generator;
import org.yuqiao.decode.batch.NextToken;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.DecoderOnly;
import org.yuqiao.model.ModelKind;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/** A run's language model, which continues text. */
public final class TrainedLanguageModel implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final TextNormalizer normalizer;
  private final Generator generator;

  /**
   * A continued text.
   *
   * @param text with its prompt
   * @param logProbability of all its tokens and its end; empty where the strategy computes none
   */
  public record Generated(String text, OptionalDouble logProbability) {}

  /**
   * A candidate for the next token.
   *
   * @param piece its text, a space before a word written U+2581
   */
  public record Candidate(String piece, double probability) {}

  /**
   * Loads the model of a run.
   *
   * @throws InvalidInputException when the folder is no run, holds another kind of model, or its
   *     training has not ended
   */
  public TrainedLanguageModel(RunFolder run, Backend backend, Strategy strategy) {
    ExperimentSettings settings = run.loadSettings();
    if (settings.model().kind() != ModelKind.DECODER_ONLY) {
      throw new InvalidInputException(
          run.path()
              + " is not a language model: its model.kind is "
              + settings.model().kindName()
              + ", not decoder-only");
    }
    this.tokenizer = run.loadTokenizer(settings.data().language());
    this.normalizer = settings.normalizer();
    DecoderOnly model = settings.languageModel(tokenizer.size());
    this.generator = new Generator(model, ModelWeights.load(run, model), backend, strategy);
  }

  /**
   * Texts that begin with {@code prompt}, the best first.
   *
   * @param maxNewTokens the maximum number of tokens added
   * @throws InvalidInputException when the prompt is too long
   */
  public List<Generated> generate(String prompt, int maxNewTokens) {
    return generate(List.of(encode(prompt)), maxNewTokens, done -> {}).get(0);
  }

  public List<List<Generated>> generate(
      List<int[]> prompts, int maxNewTokens, LongConsumer progress) {
    List<List<Generated>> texts = new ArrayList<>();
    for (List<Hypothesis> found : generator.generate(prompts, maxNewTokens, progress)) {
      texts.add(
          found.stream()
              .map(one -> new Generated(tokenizer.decode(one.tokens()), logProbability(one)))
              .toList());
    }
    return texts;
  }

  private static OptionalDouble logProbability(Hypothesis hypothesis) {
    return hypothesis.scores().stream().mapToDouble(Hypothesis.Scores::logProbability).findFirst();
  }

  /**
   * The most probable tokens after {@code prompt}, the best first.
   *
   * @param temperature above 0; probabilities are p^(1/T), normalized
   * @throws InvalidInputException when the prompt is too long
   */
  public List<Candidate> next(String prompt, double temperature, int count) {
    return NextToken.best(generator.next(encode(prompt)), temperature, count).stream()
        .map(next -> new Candidate(tokenizer.piece(next.token()), next.probability()))
        .toList();
  }

  private int[] encode(String prompt) {
    int[] ids = tokenizer.encode(normalizer.apply(prompt));
    if (ids.length >= generator.longest()) {
      throw new InvalidInputException(
          String.format(
              "the prompt has %d tokens, but the model's context holds %d",
              ids.length, generator.longest()));
    }
    return ids;
  }

  @Override
  public void close() {
    generator.close();
  }
}
