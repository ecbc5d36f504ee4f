package org.yuqiao.cli;

import java.nio.file.Path;
import java.util.List;
import org.yuqiao.embedding.WordSuggestions;
import org.yuqiao.embedding.WordVectors;
import org.yuqiao.experiment.WordVectorsFolder;

/**
 * Words that a user asks about.
 *
 * @param vectors all there are
 * @param rows those of the words, in the order asked
 */
record AskedWords(WordVectors vectors, List<Integer> rows) {
  /**
   * Finds {@code words} in the vectors of {@code file}.
   *
   * @throws org.yuqiao.files.BadInput when the file is none, or for the first word it does not
   *     have, with words that look like it
   */
  static AskedWords in(Path file, List<String> words) {
    WordVectors vectors = WordVectorsFolder.read(file);
    WordSuggestions suggestions = new WordSuggestions(vectors);
    return new AskedWords(vectors, words.stream().map(suggestions::require).toList());
  }
}
