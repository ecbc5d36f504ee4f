package org.yuqiao.inference;

import java.util.List;

/**
 * Follows the translation of one sentence while it is searched, in the thread of the search, and
 * may end it.
 */
public interface SentenceListener {
  /**
   * A token of a translation.
   *
   * @param token its text, a space before it written U+2581
   * @param logProbability given the source and the tokens before it, natural
   */
  record ScoredToken(String token, double logProbability) {}

  /**
   * Called after each step of a search with the best prefix so far, and at its end with the whole
   * translation. A degenerate translation is searched for again, from the first token.
   *
   * @param text of the tokens
   */
  void advanced(List<ScoredToken> tokens, String text);

  /** Whether the search should end; its result is then meaningless. */
  boolean isCancelled();
}
