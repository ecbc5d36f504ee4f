package org.yuqiao.decode.trace;

import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.text.Tokenizer;

/**
 * A token of a traced sentence.
 *
 * @param text with a space before a word written U+2581
 */
public record TracedToken(int id, String text) {
  /** The tokens with these {@code ids}. */
  static List<TracedToken> of(IntStream ids, Tokenizer tokenizer) {
    return ids.mapToObj(id -> new TracedToken(id, tokenizer.piece(id))).toList();
  }

  /** Their texts. */
  static List<String> texts(List<TracedToken> tokens) {
    return tokens.stream().map(TracedToken::text).toList();
  }
}
