package org.yuqiao.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.LineCount;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.translate.BackTranslateCommand;
import org.yuqiao.corpus.clean.CorpusStatistics;
import org.yuqiao.corpus.read.CorpusConverter;
import org.yuqiao.corpus.read.CorpusFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yuqiao data}: inspects and converts corpora. */
@Command(
    name = "data",
    description = "Checks, cleans, counts, converts, fetches, labels and makes parallel corpora.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DataCheckCommand.class,
      DataCleanCommand.class,
      DataCommand.Stats.class,
      DataCommand.Convert.class,
      DataFetchCommand.class,
      DataLabelCommand.class,
      BackTranslateCommand.class
    })
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected check, clean, stats, convert, fetch, label or back-translate; see yuqiao data --help");
  }

  /** {@code yuqiao data stats}: counts and distributions. */
  @Command(
      name = "stats",
      description = "Counts pairs, characters, words, lengths and scripts.",
      mixinStandardHelpOptions = true)
  static final class Stats implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "CORPUS", description = CorporaOptions.FORMATS)
    private List<String> corpora;

    @Mixin private CorporaOptions options;

    @Override
    public Integer call() {
      CorporaOptions.requireOneStandardInput(corpora, List.of());
      CorpusStatistics statistics = new CorpusStatistics();
      try (LineProgress progress = new LineProgress("counting", "pairs")) {
        for (String corpus : corpora) {
          statistics.add(options.corpus(corpus), progress::add);
        }
      }
      System.out.print(statistics.toText());
      return 0;
    }
  }

  /** {@code yuqiao data convert}: one corpus format to another. */
  @Command(
      name = "convert",
      description = "Writes a corpus in another format, chosen by the file extension.",
      mixinStandardHelpOptions = true)
  static final class Convert implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IN", description = CorporaOptions.FORMATS)
    private String in;

    @Parameters(
        index = "1",
        paramLabel = "OUT",
        description = "The output: .tsv, .jsonl, .tmx (also .gz, .xz) or a.zh,a.en.")
    private String out;

    @Mixin private CorporaOptions options;

    @Override
    public Integer call() {
      long pairs;
      try (LineProgress progress =
          new LineProgress("converting", "pairs", LineCount.ofCorpus(in))) {
        pairs = CorpusConverter.convert(options.corpus(in), new CorpusFiles(out), progress::add);
      }
      System.err.println(pairs + " pairs written to " + Path.of(out));
      return 0;
    }
  }
}
