package org.yuqiao.decode.logits;

import java.util.List;
import java.util.OptionalInt;
import org.yuqiao.text.Tokenizer;

/** A rule on what may come next, beside what the model thinks. */
@FunctionalInterface
public interface LogitsProcessor {
  /** What stands for "never". */
  float NEVER = Float.NEGATIVE_INFINITY;

  /**
   * Changes the scores of the next token.
   *
   * @param tokens what was written so far is in the first {@code length} elements
   * @param scores log-probabilities by token, {@link #NEVER} for what is ruled out
   */
  void apply(int[] tokens, int length, float[] scores);

  /** The only token that may come next, if the rule leaves one that is known beforehand. */
  default OptionalInt forced(int length) {
    return OptionalInt.empty();
  }

  /**
   * No padding and no second beginning.
   *
   * @param unknowns whether the token that stands for "unknown" may come
   */
  static LogitsProcessor onlyText(boolean unknowns) {
    return (tokens, length, scores) -> {
      scores[Tokenizer.PAD] = NEVER;
      scores[Tokenizer.BOS] = NEVER;
      if (!unknowns) {
        scores[Tokenizer.UNK] = NEVER;
      }
    };
  }

  /** All of {@code constraints}, one after the other. */
  static LogitsProcessor all(List<LogitsProcessor> constraints) {
    List<LogitsProcessor> own = List.copyOf(constraints);
    return new LogitsProcessor() {
      @Override
      public void apply(int[] tokens, int length, float[] scores) {
        for (LogitsProcessor constraint : own) {
          constraint.apply(tokens, length, scores);
        }
      }

      @Override
      public OptionalInt forced(int length) {
        return own.stream()
            .map(constraint -> constraint.forced(length))
            .filter(OptionalInt::isPresent)
            .findFirst()
            .orElse(OptionalInt.empty());
      }
    };
  }
}
