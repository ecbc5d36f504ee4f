package org.yuqiao.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;

/**
 * A fastText binary (Bojanowski et al. 2017) without character n-grams. It reports its progress on
 * standard error, which is not read.
 */
record FastText(Path binary) implements WordVectorPeer {
  private static final String EXTENSION = ".vec";

  @Override
  public String name() {
    return "fastText";
  }

  @Override
  public String extension() {
    return EXTENSION;
  }

  @Override
  public List<String> command(
      Word2VecAlgorithm algorithm, Path input, Path output, int threads, int seed) {
    String file = output.toString();
    String prefix = file.substring(0, file.length() - EXTENSION.length());
    String command = algorithm == Word2VecAlgorithm.CBOW ? "cbow" : "skipgram";
    List<String> words = new ArrayList<>();
    words.addAll(List.of(binary.toString(), command));
    words.addAll(List.of("-input", input.toString(), "-output", prefix, "-loss", "ns"));
    words.addAll(List.of("-dim", "" + DIMENSIONS, "-ws", "" + WINDOW, "-neg", "" + NEGATIVES));
    words.addAll(List.of("-epoch", "" + EPOCHS, "-minCount", "" + MIN_COUNT, "-t", "1e-3"));
    words.addAll(List.of("-minn", "0", "-maxn", "0", "-thread", "" + threads, "-seed", "" + seed));
    words.addAll(List.of("-lr", "" + algorithm.defaultAlpha()));
    return words;
  }

  @Override
  public OptionalDouble wordsPerSecond(String output, int threads) {
    return OptionalDouble.empty();
  }
}
