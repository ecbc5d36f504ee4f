package org.yuqiao.cli.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.cli.cluster.CleaningJob;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.TextColumns;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine.Option;

/** How the corpora of a command are read. */
final class CorporaOptions {
  /** The formats in the description of a parameter. */
  static final String FORMATS =
      "Sentence pairs: .tsv, .jsonl, .tmx (also .gz, .xz), a.zh,a.en, a folder of data clean, or -"
          + " for standard input.";

  @Option(
      names = "--columns",
      paramLabel = "zh=N,en=N",
      description =
          "Columns of the texts in tab-separated corpora (default: recognized by their script).")
  private Optional<String> columns = Optional.empty();

  /**
   * A corpus with these columns.
   *
   * @throws InvalidInputException when columns are given for a corpus that has none
   */
  CorpusFiles corpus(String name) {
    CorpusFiles plain = new CorpusFiles(name);
    Optional<TextColumns> given = columns.flatMap(TextColumns::of);
    CorpusFiles corpus = plain.withColumns(given);
    InvalidInputException.require(
        given.isEmpty() || !corpus.equals(plain),
        "--columns is for tab-separated files without columns of their own, not for " + name);
    return corpus;
  }

  /** The cleaning of corpora on a cluster. */
  CleaningJob job(List<String> corpora, CleaningOptions cleaning) {
    return new CleaningJob(
        corpora, columns.flatMap(TextColumns::of), cleaning.settings(), cleaning.heldOut());
  }

  /** Refuses standard input where it is named twice. */
  static void requireOneStandardInput(List<String> corpora, List<String> more) {
    long count = Stream.concat(corpora.stream(), more.stream()).filter("-"::equals).count();
    InvalidInputException.require(count < 2, "standard input (-) can be read only once");
  }
}
