package org.yuqiao.decode.logits;

import java.util.List;
import java.util.OptionalInt;
import org.yuqiao.text.Tokenizer;

/** Edits the logits of the next token before a search reads them. */
@FunctionalInterface
public interface LogitsProcessor {
  /** The logit of a masked token. */
  float MASKED = Float.NEGATIVE_INFINITY;

  /**
   * Edits the logits of the next token.
   *
   * @param tokens the tokens so far are its first {@code length} elements
   * @param logits {@code [V]}, logits or log-probabilities
   */
  void apply(int[] tokens, int length, float[] logits);

  /** The only token left unmasked after {@code length} tokens, where it is known beforehand. */
  default OptionalInt forced(int length) {
    return OptionalInt.empty();
  }

  /**
   * Masks {@code <pad>} and {@code <bos>}.
   *
   * @param unknowns whether {@code <unk>} stays allowed
   */
  static LogitsProcessor onlyText(boolean unknowns) {
    return (tokens, length, logits) -> {
      logits[Tokenizer.PAD] = MASKED;
      logits[Tokenizer.BOS] = MASKED;
      if (!unknowns) {
        logits[Tokenizer.UNK] = MASKED;
      }
    };
  }

  /** Applies all {@code processors}, one after the other. */
  static LogitsProcessor all(List<LogitsProcessor> processors) {
    List<LogitsProcessor> own = List.copyOf(processors);
    return new LogitsProcessor() {
      @Override
      public void apply(int[] tokens, int length, float[] logits) {
        for (LogitsProcessor processor : own) {
          processor.apply(tokens, length, logits);
        }
      }

      @Override
      public OptionalInt forced(int length) {
        return own.stream()
            .map(processor -> processor.forced(length))
            .filter(OptionalInt::isPresent)
            .findFirst()
            .orElse(OptionalInt.empty());
      }
    };
  }
}
