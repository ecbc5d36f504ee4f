package org.yuqiao.decode.search;

import java.util.List;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.text.Tokenizer;

/** Follows a given translation and notes what the model thinks of each of its tokens. */
public final class TeacherForcedSearch implements Search {
  private static final int[] GO_ON = {0};

  private final int[] target;
  private final double[] logProbabilities;
  private int length;

  /** Follows {@code target}, given without {@code <bos>} and {@code <eos>}. */
  public TeacherForcedSearch(int[] target) {
    this.target = target;
    this.logProbabilities = new double[target.length + 1];
  }

  @Override
  public int rows() {
    return length < logProbabilities.length ? 1 : 0;
  }

  @Override
  public int token(int row) {
    return length == 0 ? Tokenizer.BOS : target[length - 1];
  }

  @Override
  public int[] advance(Scores scores) {
    int token = length < target.length ? target[length] : Tokenizer.EOS;
    logProbabilities[length++] = scores.row(0)[token];
    return rows() == 0 ? new int[0] : GO_ON;
  }

  /** The log-probability of each token and of the end. */
  public double[] logProbabilities() {
    return logProbabilities;
  }

  @Override
  public List<Hypothesis> result() {
    double sum = 0;
    for (double value : logProbabilities) {
      sum += value;
    }
    return List.of(new Hypothesis(target, sum, sum));
  }
}
