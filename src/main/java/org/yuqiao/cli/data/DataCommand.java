package org.yuqiao.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.LineCount;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.translate.BackTranslateCommand;
import org.yuqiao.corpus.clean.CorpusCheck;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.clean.CorpusStatistics;
import org.yuqiao.corpus.read.CorpusConverter;
import org.yuqiao.corpus.read.CorpusFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yuqiao data}: inspects and converts corpora. */
@Command(
    name = "data",
    description = "Checks, counts, converts, fetches, labels and makes parallel corpora.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DataCommand.Check.class,
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
        "expected check, stats, convert, fetch, label or back-translate; see yuqiao data --help");
  }

  /** {@code yuqiao data check}: the pairs that cleaning drops. */
  @Command(
      name = "check",
      description = "Lists each pair that cleaning drops with the reason, then the totals.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "CORPUS", description = CorporaOptions.FORMATS)
    private List<String> corpora;

    @Mixin private CorporaOptions options;

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
                + " characters, e.g. 0.1 (edit distance).")
    private double nearDuplicates;

    @Override
    public Integer call() {
      CorporaOptions.requireOneStandardInput(corpora, heldOut);
      CorpusSettings settings = CorpusSettings.DEFAULT.withNearDuplicates(nearDuplicates);
      try (LineProgress progress = new LineProgress("checking", "pairs")) {
        CorpusCheck check = new CorpusCheck(settings, heldOut);
        for (String corpus : corpora) {
          check.run(options.corpus(corpus), System.out::println, progress::add);
        }
        System.out.print(check.totals());
      }
      return 0;
    }
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
