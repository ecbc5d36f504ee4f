package org.yuqiao.cli.data;

import java.util.List;
import org.yuqiao.corpus.clean.CorpusSettings;
import picocli.CommandLine.Option;

/** The options of commands that clean corpora. */
final class CleaningOptions {
  @Option(
      names = "--held-out",
      paramLabel = "CORPUS",
      description = "Validation or test pairs that must not occur in training data; repeatable.")
  private List<String> heldOut = List.of();

  @Option(
      names = "--near-duplicates",
      paramLabel = "SHARE",
      description =
          "Also drops pairs that differ from an earlier or held-out one by at most this share of"
              + " characters, e.g. 0.1 (edit distance); not with --engine spark.")
  private double nearDuplicates;

  /** The names of the held-out corpora. */
  List<String> heldOut() {
    return heldOut;
  }

  /** The settings of cleaning. */
  CorpusSettings settings() {
    return CorpusSettings.DEFAULT.withNearDuplicates(nearDuplicates);
  }
}
