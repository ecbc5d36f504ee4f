package org.yuqiao.cli.embed;

import java.util.List;
import org.yuqiao.embedding.query.WordSuggestions;
import org.yuqiao.embedding.vectors.WordVectors;

/**
 * The words of a query.
 *
 * @param vectors all word vectors of the file
 * @param rows rows of the words, in the order given
 */
record QueryWords(WordVectors vectors, List<Integer> rows) {
  /**
   * Finds {@code words} in the vectors of {@code argument}.
   *
   * @throws org.yuqiao.files.InvalidInputException if they cannot be read, or for the first unknown
   *     word, with similarly spelled ones
   */
  static QueryWords in(VectorsArgument argument, List<String> words) {
    WordVectors vectors = argument.read();
    WordSuggestions suggestions = new WordSuggestions(vectors);
    return new QueryWords(vectors, words.stream().map(suggestions::require).toList());
  }
}
