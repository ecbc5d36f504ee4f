package org.yuqiao.cli.embed;

import java.nio.file.Path;
import java.util.List;
import org.yuqiao.embedding.query.WordSuggestions;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.store.WordVectorsFolder;

/**
 * The words of a query.
 *
 * @param vectors all word vectors of the file
 * @param rows rows of the words, in the order given
 */
record QueryWords(WordVectors vectors, List<Integer> rows) {
  /**
   * Finds {@code words} in the vectors of {@code file}.
   *
   * @throws org.yuqiao.files.InvalidInputException if the file cannot be read, or for the first
   *     unknown word, with similarly spelled ones
   */
  static QueryWords in(Path file, List<String> words) {
    WordVectors vectors = WordVectorsFolder.read(file);
    WordSuggestions suggestions = new WordSuggestions(vectors);
    return new QueryWords(vectors, words.stream().map(suggestions::require).toList());
  }
}
