package org.yuqiao.cli.embed;

import java.nio.file.Path;
import java.util.List;
import org.yuqiao.embedding.query.WordSuggestions;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.store.WordVectorsFolder;

/**
 * Words that a user asks about.
 *
 * @param vectors all there are
 * @param rows those of the words, in the order asked
 */
record QueryWords(WordVectors vectors, List<Integer> rows) {
  /**
   * Finds {@code words} in the vectors of {@code file}.
   *
   * @throws org.yuqiao.files.InvalidInputException when the file is none, or for the first word it
   *     does not have, with words that look like it
   */
  static QueryWords in(Path file, List<String> words) {
    WordVectors vectors = WordVectorsFolder.read(file);
    WordSuggestions suggestions = new WordSuggestions(vectors);
    return new QueryWords(vectors, words.stream().map(suggestions::require).toList());
  }
}
