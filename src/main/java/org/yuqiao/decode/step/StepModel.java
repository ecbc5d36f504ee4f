package org.yuqiao.decode.step;

import java.util.List;
import java.util.function.Consumer;
import org.yuqiao.backend.simd.TopK;

/**
 * What knows the probability of the next token: a model, or several that are asked together. It
 * holds a batch of N sentences with B/N hypotheses each; the hypotheses of a sentence are B/N rows
 * one after the other, and all rows have equally many tokens.
 */
public interface StepModel extends AutoCloseable {
  /** Returned by {@link #best} when every token is masked. */
  int NO_TOKEN = -1;

  /** Begins a batch: each of {@code sources} has one row, without tokens. */
  void begin(List<int[]> sources);

  /** Appends a token to each row; afterwards {@link #read} gives what may follow. */
  void step(int[] tokens);

  /**
   * Copies the log-probability of every next token after row {@code row}; room for a vocabulary.
   * Not for one that was made to be asked no probabilities ({@link StepOutputs}).
   */
  void read(int row, float[] logProbabilities);

  /**
   * The most probable next token after row {@code row}.
   *
   * @param rule makes the scores of tokens negative infinity that are ruled out, whatever they are;
   *     it may see negative infinity for tokens that others surpass
   * @param room for a vocabulary
   * @return {@link LogitArgmax#NONE} when all tokens are ruled out
   */
  default int best(int row, Consumer<float[]> rule, float[] room) {
    read(row, room);
    return greatest(room, rule);
  }

  /** The number of the greatest of {@code scores} that {@code rule} allows. */
  static int greatest(float[] scores, Consumer<float[]> rule) {
    rule.accept(scores);
    TopK best = new TopK(1);
    best.find(scores, scores.length);
    return best.count() == 0 ? NO_TOKEN : best.index(0);
  }

  /**
   * Copies where the last token of row {@code row} looked in the source: the mean over layers and
   * heads, the sum being 1.
   *
   * @param weights room for the longest source of the batch and its end
   */
  void readAttention(int row, float[] weights);

  /**
   * Leaves and doubles rows: sentence i becomes what sentence {@code sentences[i]} was, row i what
   * row {@code rows[i]} was.
   */
  void select(int[] sentences, int[] rows);

  /** The number of tokens there are. */
  int vocabulary();

  /** The most tokens a row may have, {@code <bos>} being one. */
  int positions();

  @Override
  void close();
}
