package org.yuqiao.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.corpus.clean.LabelMaker;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.text.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao data label}. */
@Command(
    name = "label",
    description = {
      "Makes labeled text of one side of corpora, for trying models that label.",
      "tagging: Chinese characters with their places in words (BMES), and those with parts of"
          + " speech, as HanLP sees them: character, tab, B, tab, B-n; an empty line behind a"
          + " sentence.",
      "classification: question, exclamation or statement by the mark at the end, which is taken"
          + " away: label, tab, text. Sentences with another end are left out."
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
      description = "The side that is labeled (${DEFAULT-VALUE}).")
  private String language;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the files go, under the corpora's names with .conll or .tsv.")
  private Path out;

  @Parameters(
      arity = "1..*",
      paramLabel = "CORPUS",
      description = "Pairs as .tsv, .jsonl, .tmx or a.zh,a.en.")
  private List<String> corpora;

  @Override
  public Integer call() {
    for (String corpus : corpora) {
      CorpusFiles files = new CorpusFiles(corpus);
      String name = files.paths().get(0).getFileName().toString().replaceAll("\\.[^.]*$", "");
      Path file = out.resolve(name + "." + task.ending());
      AtomicFile.write(file, task.of(files, Language.of(language)));
      System.err.println(file + " written");
    }
    return 0;
  }
}
