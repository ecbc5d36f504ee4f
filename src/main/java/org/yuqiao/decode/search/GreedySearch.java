package org.yuqiao.decode.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.Ranking;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.text.Tokenizer;

/** Takes the most probable token each time. */
final class GreedySearch implements Search {
  private static final int[] GO_ON = {0};

  private final LogitsProcessor constraint;
  private final Optional<Ranking> ranking;
  private final Consumer<float[]> rule;
  private final TopK best = new TopK(1);
  private int[] tokens = new int[16];
  private int length;
  private double logProbability;
  private boolean done;

  /**
   * A search under {@code constraint}.
   *
   * @param ranking scores what is found; without one only words are asked for, not how probable
   *     they are
   */
  GreedySearch(LogitsProcessor constraint, Optional<Ranking> ranking) {
    this.constraint = constraint;
    this.ranking = ranking;
    this.rule = scores -> constraint.apply(tokens, length, scores);
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
    int next = ranking.isPresent() ? mostProbable(scores) : word(scores);
    done = next == StepModel.NO_TOKEN || next == Tokenizer.EOS;
    if (!done) {
      append(next);
      // Nobody asks how probable an end is that must come, so the model need not be asked.
      done = ranking.isEmpty() && constraint.forced(length).equals(OptionalInt.of(Tokenizer.EOS));
    }
    return done ? new int[0] : GO_ON;
  }

  private int mostProbable(Scores scores) {
    float[] next = scores.row(0);
    rule.accept(next);
    best.find(next, next.length);
    logProbability += best.count() == 0 ? LogitsProcessor.NEVER : best.value(0);
    return best.count() == 0 ? StepModel.NO_TOKEN : best.index(0);
  }

  private int word(Scores scores) {
    OptionalInt forced = constraint.forced(length);
    return forced.isPresent() ? forced.getAsInt() : scores.best(0, rule);
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
            .orElseGet(() -> new Hypothesis(found, Double.NaN, Double.NaN)));
  }
}
