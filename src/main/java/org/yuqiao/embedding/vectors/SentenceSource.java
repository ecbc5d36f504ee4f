package org.yuqiao.embedding.vectors;

import java.util.List;
import java.util.function.Consumer;

/** A text as segmented sentences, possibly larger than memory. */
@FunctionalInterface
public interface SentenceSource {
  /** Passes every sentence once, in order. */
  void forEach(Consumer<List<String>> sentences);
}
