package org.yuqiao.decode;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.TopK;
import org.yuqiao.text.Tokenizer;

/** Takes the most probable token each time. */
final class GreedySearch implements Search {
  private static final int[] GO_ON = {0};

  private final Constraint constraint;
  private final Ranking ranking;
  private final TopK best = new TopK(1);
  private int[] tokens = new int[16];
  private int length;
  private double logProbability;
  private boolean done;

  GreedySearch(Constraint constraint, Ranking ranking) {
    this.constraint = constraint;
    this.ranking = ranking;
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
    float[] next = scores.row(0);
    constraint.apply(tokens, length, next);
    best.find(next, next.length);
    if (best.count() == 0 || best.index(0) == Tokenizer.EOS) {
      logProbability += best.count() == 0 ? Constraint.NEVER : best.value(0);
      done = true;
      return new int[0];
    }
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * length);
    }
    tokens[length++] = best.index(0);
    logProbability += best.value(0);
    return GO_ON;
  }

  @Override
  public List<Hypothesis> result() {
    return List.of(ranking.hypothesis(Arrays.copyOf(tokens, length), logProbability));
  }
}
