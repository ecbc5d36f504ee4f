package org.yuqiao;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A corpus and settings that train in about a second: 200 pairs, D=16, one layer each. */
public final class TinyExperiment {
  private static final String DATA =
      """
      data: {train: [%1$s/train.tsv], valid: [%1$s/valid.tsv], test: [%1$s/valid.tsv]}
      """;

  private static final String MODEL =
      """
      subwords: {vocabularySize: 400}
      model: {hiddenSize: 16, feedForwardSize: 32, attention: {heads: 2}, encoderLayers: 1, decoderLayers: 1}
      """;

  private TinyExperiment() {}

  /**
   * Writes {@code train.tsv} (statements and questions), {@code valid.tsv} and {@code name}.
   *
   * @param more YAML lines after the common ones; keys of their sections are written with dots
   */
  public static Path write(Path folder, String name, String more) throws IOException {
    return writeData(folder, name, MODEL + more);
  }

  /** The same without sizes of vocabulary and model. */
  public static Path writeData(Path folder, String name, String more) throws IOException {
    StringBuilder train = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      train.append("我有").append(i).append("本书。\tI have ").append(i).append(" books.\n");
      train.append("你有").append(i).append("本书吗？\tDo you have ").append(i).append(" books?\n");
    }
    Files.writeString(folder.resolve("train.tsv"), train);
    Files.writeString(folder.resolve("valid.tsv"), "我有999本书。\tI have 999 books.\n");
    return Files.writeString(folder.resolve(name), DATA.formatted(folder) + more);
  }
}
