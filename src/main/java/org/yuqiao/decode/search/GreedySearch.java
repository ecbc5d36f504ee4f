package org.yuqiao.decode.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.step.Argmax;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.Ranking;
import org.yuqiao.text.Tokenizer;

/** Greedy search: takes the most probable token each time. */
final class GreedySearch implements Search {
  private static final int[] CONTINUE = {0};

  private final LogitsProcessor processor;
  private final Optional<Ranking> ranking;
  private final Consumer<float[]> mask;
  private int[] tokens = new int[16];
  private int length;
  private double logProbability;
  private boolean done;

  /**
   * A search with {@code processor}.
   *
   * @param ranking scores the result; without it only the argmax of the logits is read
   */
  GreedySearch(LogitsProcessor processor, Optional<Ranking> ranking) {
    this.processor = processor;
    this.ranking = ranking;
    this.mask = logits -> processor.apply(tokens, length, logits);
  }

  @Override
  public int rows() {
    return done ? 0 : 1;
  }

  @Override
  public int token(int row) {
    return length == 0 ? Tokenizer.BOS : tokens[length - 1];
  }

  @Override
  public int[] advance(Scores scores) {
    int next = ranking.isPresent() ? nextWithScore(scores) : nextWithoutScore(scores);
    done = next == Argmax.NONE || next == Tokenizer.EOS;
    if (!done) {
      append(next);
      // Without scores, a step whose only outcome is the end need not be computed.
      done = ranking.isEmpty() && processor.forced(length).equals(OptionalInt.of(Tokenizer.EOS));
    }
    return done ? new int[0] : CONTINUE;
  }

  private int nextWithScore(Scores scores) {
    float[] logProbabilities = scores.row(0);
    mask.accept(logProbabilities);
    int next = Argmax.of(logProbabilities);
    logProbability += next == Argmax.NONE ? LogitsProcessor.MASKED : logProbabilities[next];
    return next;
  }

  private int nextWithoutScore(Scores scores) {
    OptionalInt forced = processor.forced(length);
    return forced.isPresent() ? forced.getAsInt() : scores.best(0, mask);
  }

  private void append(int token) {
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * length);
    }
    tokens[length++] = token;
  }

  @Override
  public List<Hypothesis> result() {
    int[] found = Arrays.copyOf(tokens, length);
    return List.of(
        ranking
            .map(by -> by.hypothesis(found, logProbability))
            .orElseGet(() -> new Hypothesis(found, Optional.empty())));
  }
}
