package org.yuqiao.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.files.InvalidInputException;

/**
 * A binary built from word2vec.c (Mikolov et al. 2013). It rewrites its progress in one line.
 *
 * <p>As published it never clears its end-of-file flag, so a thread that reaches the end trains no
 * further epoch.
 */
record Word2VecC(Path binary) implements WordVectorPeer {
  @Override
  public String name() {
    return "word2vec";
  }

  @Override
  public List<String> command(
      Word2VecAlgorithm algorithm, Path input, Path output, int threads, int seed) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binary.toAbsolutePath().toString(), "-train", input.toString()));
    command.addAll(List.of("-output", output.toString(), "-size", "" + DIMENSIONS));
    command.addAll(List.of("-window", "" + WINDOW, "-negative", "" + NEGATIVES, "-hs", "0"));
    command.addAll(List.of("-sample", "1e-3", "-iter", "" + EPOCHS, "-min-count", "" + MIN_COUNT));
    command.addAll(List.of("-binary", "1", "-threads", "" + threads));
    command.addAll(List.of("-alpha", "" + algorithm.defaultAlpha()));
    command.addAll(List.of("-cbow", algorithm == Word2VecAlgorithm.CBOW ? "1" : "0"));
    return command;
  }

  @Override
  public OptionalDouble wordsPerSecond(String output, int threads) {
    return OptionalDouble.of(1000 * threads * figure(output, "Words/thread/sec:", "k"));
  }

  @Override
  public double share(String output) {
    return figure(output, "Progress:", "%");
  }

  /** A figure of the last report. */
  private double figure(String output, String name, String unit) {
    int from = output.lastIndexOf(name);
    int to = from < 0 ? -1 : output.indexOf(unit, from + name.length());
    if (to < 0) {
      throw new InvalidInputException(binary + " does not report progress as word2vec.c does");
    }
    return Double.parseDouble(output.substring(from + name.length(), to).strip());
  }
}
