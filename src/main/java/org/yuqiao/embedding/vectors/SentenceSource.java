package org.yuqiao.embedding.vectors;

import java.util.List;
import java.util.function.Consumer;

/** A text as sentences of words. It may be larger than memory. */
@FunctionalInterface
public interface SentenceSource {
  /** Gives every sentence once, in order. */
  void forEach(Consumer<List<String>> sentences);
}
