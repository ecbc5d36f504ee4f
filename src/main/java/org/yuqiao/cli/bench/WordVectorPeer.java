package org.yuqiao.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;

/** Another program that trains word vectors, for {@code yuqiao bench embed}. */
interface WordVectorPeer {
  /** Fixed settings of all programs: size of the vectors, window, negative samples and so on. */
  int DIMENSIONS = 100;

  /** Words on each side. */
  int WINDOW = 5;

  /** Noise words. */
  int NEGATIVES = 5;

  /** Sweeps over the text. */
  int EPOCHS = 5;

  /** Rarer words are left out. */
  int MIN_COUNT = 5;

  /** Its name in reports. */
  String name();

  /**
   * The command line of a training.
   *
   * @param input plain text
   * @param output the file of the vectors, with the extension of its format
   */
  List<String> command(Word2VecAlgorithm algorithm, Path input, Path output, int threads, int seed);

  /** The extension of the file of vectors. */
  default String extension() {
    return ".bin";
  }

  /** Words per second of training, all threads together, by its standard output; if it tells. */
  OptionalDouble wordsPerSecond(String output, int threads);

  /** The percentage of the work that it did, by its standard output. */
  default double share(String output) {
    return 100;
  }
}
