package org.yuqiao.inference;

import java.util.Optional;

/**
 * A sentence to translate.
 *
 * @param prefix tokens that the translation begins with; usually none
 * @param listener follows the search; empty: it can't be ended early
 */
public record SentenceRequest(
    SplitLine.Sentence sentence, int[] prefix, Optional<SentenceListener> listener) {
  /** A sentence whose translation has no given prefix and whose search is not followed. */
  public static SentenceRequest of(SplitLine.Sentence sentence) {
    return new SentenceRequest(sentence, new int[0], Optional.empty());
  }

  /** The same with all spans protected; without a prefix. */
  SentenceRequest withAllProtected() {
    return new SentenceRequest(sentence.withAllProtected(), new int[0], listener);
  }

  /** The same sentence, its search followed by {@code follower}. */
  public SentenceRequest with(SentenceListener follower) {
    return new SentenceRequest(sentence, prefix, Optional.of(follower));
  }
}
