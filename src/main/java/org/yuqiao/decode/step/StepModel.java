package org.yuqiao.decode.step;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model, or an ensemble, that computes the distribution of the next token, one position a step. A
 * batch holds N sentences with B/N hypotheses each; the hypotheses of a sentence are B/N adjacent
 * rows, and all rows have the same number of tokens.
 */
public interface StepModel extends AutoCloseable {
  /** Begins a batch: each of {@code sources} has one row, without tokens. */
  void begin(List<int[]> sources);

  /** Appends a token to each row and computes the logits of the token after it. */
  void step(int[] tokens);

  /**
   * Copies the log-probability of every next token of row {@code row}. Not for a model made without
   * {@link StepOutputs#probabilities}.
   *
   * @param logProbabilities {@code [V]}
   */
  void read(int row, float[] logProbabilities);

  /**
   * The most probable next token of row {@code row}.
   *
   * @param processor masks tokens with negative infinity; sees logits or log-probabilities
   * @param buffer {@code [V]}
   * @return {@link Argmax#NONE} when every token is masked
   */
  default int best(int row, Consumer<float[]> processor, float[] buffer) {
    read(row, buffer);
    processor.accept(buffer);
    return Argmax.of(buffer);
  }

  /**
   * Copies the cross-attention weights of the last token of row {@code row}: the mean over layers
   * and heads, with sum 1.
   *
   * @param weights room for the longest source of the batch and its end
   */
  void readAttention(int row, float[] weights);

  /**
   * Drops, moves and duplicates rows: sentence i becomes the former sentence {@code sentences[i]},
   * row i the former row {@code rows[i]}.
   */
  void select(int[] sentences, int[] rows);

  /** V, the size of the vocabulary. */
  int vocabulary();

  /** The maximum number of tokens of a row, {@code <bos>} included. */
  int positions();

  /** The seconds spent in ops so far, by their part of the model and their name, where known. */
  default Map<String, Double> secondsByOp() {
    return Map.of();
  }

  @Override
  void close();
}
