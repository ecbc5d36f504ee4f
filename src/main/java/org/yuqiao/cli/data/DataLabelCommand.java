package org.yuqiao.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.corpus.clean.LabelMaker;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.text.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao data label}: labeled data from one side of a corpus. */
@Command(
    name = "label",
    description = {
      "Labels one side of corpora automatically, as data for taggers and classifiers.",
      "tagging: each Chinese character with its position in the word (BMES) and the part of speech"
          + " by HanLP: character, tab, B, tab, B-n; an empty line after each sentence.",
      "classification: question, exclamation or statement by the final punctuation mark, which is"
          + " removed: label, tab, text. Sentences with another ending are dropped."
    },
    mixinStandardHelpOptions = true)
final class DataLabelCommand implements Callable<Integer> {
  @Option(
      names = "--task",
      required = true,
      paramLabel = "TASK",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private LabelMaker task;

  @Option(
      names = "--language",
      paramLabel = "zh|en",
      defaultValue = "zh",
      description = "The language to label (default: ${DEFAULT-VALUE}).")
  private String language;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "The output folder; files are named after the corpora, .conll or .tsv.")
  private Path out;

  @Parameters(arity = "1..*", paramLabel = "CORPUS", description = CorporaOptions.FORMATS)
  private List<String> corpora;

  @Mixin private CorporaOptions options;

  @Override
  public Integer call() {
    CorporaOptions.requireOneStandardInput(corpora, List.of());
    for (String corpus : corpora) {
      CorpusFiles files = options.corpus(corpus);
      String name =
          files
              .paths()
              .get(0)
              .getFileName()
              .toString()
              .replaceFirst("\\.(gz|xz)$", "")
              .replaceAll("\\.[^.]*$", "");
      Path file = out.resolve(name + "." + task.ending());
      AtomicFile.write(file, task.of(files, Language.of(language)));
      System.err.println(file + " written");
    }
    return 0;
  }
}
