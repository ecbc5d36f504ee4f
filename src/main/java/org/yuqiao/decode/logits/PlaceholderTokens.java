package org.yuqiao.decode.logits;

import java.util.Arrays;
import org.yuqiao.text.Tokenizer;

/**
 * The placeholder tokens of a target vocabulary, and how many a translation needs.
 *
 * @param tokens the ids of all placeholders; empty for a vocabulary without
 * @param required the first so many occur in the source: each must be produced once, the others
 *     never
 */
public record PlaceholderTokens(int[] tokens, int required) {
  /** A vocabulary without placeholders. */
  public static final PlaceholderTokens NONE = new PlaceholderTokens(new int[0], 0);

  /**
   * The processor of a search; to be applied last. It masks placeholders that are not wanted or are
   * there already, and the end while one is missing. Where the search would end, or has only so
   * many tokens left, all but the missing placeholders are masked.
   *
   * @param maxLength the maximum number of tokens of a translation
   */
  public LogitsProcessor processor(int maxLength) {
    return (tokensSoFar, length, logits) -> apply(tokensSoFar, length, logits, maxLength);
  }

  private void apply(int[] before, int length, float[] logits, int maxLength) {
    int[] missing = missing(before, length);
    float[] kept = new float[missing.length];
    for (int i = 0; i < missing.length; i++) {
      kept[i] = logits[missing[i]];
    }
    for (int token : tokens) {
      logits[token] = LogitsProcessor.MASKED;
    }
    for (int i = 0; i < missing.length; i++) {
      logits[missing[i]] = kept[i];
    }
    if (missing.length == 0) {
      return;
    }
    if (length + missing.length >= maxLength || isMax(Tokenizer.EOS, logits)) {
      Arrays.fill(logits, LogitsProcessor.MASKED);
      for (int i = 0; i < missing.length; i++) {
        logits[missing[i]] = kept[i];
      }
    }
    logits[Tokenizer.EOS] = LogitsProcessor.MASKED;
  }

  private int[] missing(int[] before, int length) {
    return Arrays.stream(tokens)
        .limit(required)
        .filter(token -> Arrays.stream(before, 0, length).noneMatch(other -> other == token))
        .toArray();
  }

  private static boolean isMax(int token, float[] logits) {
    for (float logit : logits) {
      if (logit > logits[token]) {
        return false;
      }
    }
    return true;
  }
}
