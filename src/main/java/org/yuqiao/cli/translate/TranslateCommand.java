package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.cluster.ClusterEngine;
import org.yuqiao.cli.cluster.EngineOptions;
import org.yuqiao.cli.cluster.TranslationJob;
import org.yuqiao.cli.console.DirectionOption;
import org.yuqiao.cli.console.ExitCodes;
import org.yuqiao.cli.console.InputLines;
import org.yuqiao.cli.console.LineCount;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.TargetLanguageOption;
import org.yuqiao.cli.console.Terminal;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.TranslationModel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yuqiao translate}: translates standard input line by line. */
@Command(
    name = "translate",
    description = {
      "Translates standard input, one line per line.",
      "Lines too long for the model are translated sentence by sentence. Invalid UTF-8 is skipped"
          + " with a warning."
    },
    mixinStandardHelpOptions = true)
public final class TranslateCommand implements Callable<Integer> {
  /** Lines that are read before they are translated in batches. */
  private static final int CHUNK = 2000;

  private static final int MAX_SHARD_LINES = 100_000_000;

  @Option(
      names = "--model",
      paramLabel = "RUN",
      description = {
        "The folder of a run or a model; several with the same vocabularies form an ensemble.",
        "Default: the shipped model of --direction."
      })
  private List<Path> models = List.of();

  @Mixin private DirectionOption direction;

  @Mixin private TargetLanguageOption targetLanguage;

  @Mixin private DecodingOptions decoding;

  @Mixin private SamplingOptions sampling;

  @Mixin private ExplainOptions explaining;

  @Option(
      names = "--nbest",
      paramLabel = "N",
      description =
          "Prints the N best: line number, tab, score, tab, translation (default: the best alone).")
  private int nbest;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "The beginning of every translation (default: empty).")
  private Optional<String> prefix = Optional.empty();

  @Option(
      names = "--prefix-column",
      description = "Each input line is: source, tab, beginning of its translation.")
  private boolean prefixColumn;

  @Option(
      names = "--stream",
      description = "Translates each line as it arrives; always so on a terminal.")
  private boolean stream;

  @Option(
      names = "--whole-lines",
      description = {
        "Translates a line of several sentences as a whole, as evaluate does (default: sentence by",
        "sentence, with the spaces between them as they are; --nbest, --explain and --alignments then",
        "work on the sentences: the n-th best of a line joins the n-th best of each)."
      })
  private boolean wholeLines;

  @Option(
      names = "--protect",
      negatable = true,
      description = {
        "Copies numbers, URLs, e-mail addresses, tags, format placeholders ({0}, %%s) and Latin words",
        "in Chinese unchanged (default: with a model that was trained with data.protect)."
      })
  private Optional<Boolean> protect = Optional.empty();

  @Option(
      names = "--in",
      paramLabel = "FILES",
      description =
          "With --engine spark: text files (also .gz) or a pattern, as 'hdfs:///zh/*'; repeatable.")
  private List<String> files = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "With --engine spark: the folder to write, new or empty; the parts in order are the output.")
  private Optional<String> out = Optional.empty();

  @Option(
      names = "--shard-lines",
      paramLabel = "N",
      description = "With --engine spark: the lines of a part (default: ${DEFAULT-VALUE}).")
  private int shardLines = 10_000;

  @Mixin private EngineOptions engine;

  @Mixin private ThreadsOption threads;

  @Spec private CommandSpec spec;

  /** Runs the command alone, without loading the others; returns the exit code. */
  public static int execute(String... arguments) {
    Backend.prepare();
    CommandLine command = new CommandLine(new TranslateCommand());
    command.setCommandName("yuqiao translate");
    return ExitCodes.configure(command).execute(arguments);
  }

  @Override
  public Integer call() {
    UsageException.refuseIf(nbest < 0, "--nbest must not be below 0, but is " + nbest);
    UsageException.refuseIf(
        prefix.isPresent() && prefixColumn, "give --prefix or --prefix-column, not both");
    UsageException.refuseIf(
        explaining.isGiven() && threads.given() > 1,
        "--explain and --alignments use one thread; leave out --threads " + threads.given());
    UsageException.refuseIf(
        explaining.isGiven() && protect.orElse(false),
        "--explain and --alignments cannot be combined with --protect");
    Optional<ClusterEngine> cluster = engine.engine();
    if (cluster.isPresent()) {
      translateOn(cluster.get());
      return 0;
    }
    UsageException.refuseIf(
        !files.isEmpty() || out.isPresent(),
        "--in and --out need --engine spark; here translate reads standard input");
    Backend backend = explaining.isGiven() ? Threading.backend(1) : threads.backend();
    try (TranslationModel model = load(folders(), backend)) {
      if (explaining.isGiven()) {
        explain(model);
      } else {
        translate(translator(model));
      }
    }
    return 0;
  }

  private TranslationModel load(List<Path> folders, Backend backend) {
    TranslationModel model = TranslationModel.load(folders, backend, targetLanguage.code());
    direction.check(model.settings());
    if (protect.orElse(false)) {
      model.requirePlaceholders();
    }
    return model;
  }

  /**
   * The translator of a command line, for an executor of a cluster.
   *
   * @param arguments of the command
   * @param models their folders on the executor
   */
  public static LineTranslator translator(
      List<String> arguments, List<Path> models, Backend backend) {
    TranslateCommand command = new TranslateCommand();
    ExitCodes.configure(new CommandLine(command)).parseArgs(arguments.toArray(new String[0]));
    return command.translator(command.load(models, backend));
  }

  private void translateOn(ClusterEngine cluster) {
    UsageException.refuseIf(
        files.isEmpty() || out.isEmpty(), "--engine spark needs --in FILES and --out FOLDER");
    UsageException.refuseIf(
        explaining.isGiven() || stream,
        "--explain, --alignments and --stream cannot be combined with --engine spark");
    UsageException.refuseIf(
        shardLines < 1 || shardLines > MAX_SHARD_LINES,
        "--shard-lines must be from 1 to " + MAX_SHARD_LINES + ", not " + shardLines);
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    long lines =
        cluster.translate(
            engine.cluster(),
            new TranslationJob(arguments, folders(), files, shardLines),
            out.get());
    System.err.println(lines + " lines translated to " + out.get());
  }

  private List<Path> folders() {
    return models.isEmpty() ? List.of(direction.shipped()) : models;
  }

  private void explain(TranslationModel model) {
    UsageException.refuseIf(
        nbest > 0 || sampling.sampling().isPresent(),
        "--explain and --alignments cannot be combined with --nbest or --sample");
    decoding.refuseUnknownReplacement();
    DecodingSettings settings = decoding.settings(model.settings().decode(), 1);
    model.prepare(settings, explaining.alternatives());
    AtomicLong number = new AtomicLong();
    InputLines.forEachChunk(
        1,
        lines -> {
          TranslationModel.Line line = line(lines.get(0), false);
          System.out.print(
              explaining.print(
                  number.incrementAndGet(),
                  model.explain(line, settings, splitting(), explaining.alternatives())));
          System.out.flush();
        });
  }

  private LineSplitting splitting() {
    return wholeLines ? LineSplitting.WHOLE_LINES : LineSplitting.SENTENCES;
  }

  private TranslationModel.Line line(String text, boolean protects) {
    int tab = prefixColumn ? text.indexOf('\t') : -1;
    return tab < 0
        ? new TranslationModel.Line(text, prefix.orElse(""), protects)
        : new TranslationModel.Line(text.substring(0, tab), text.substring(tab + 1), protects);
  }

  private LineTranslator translator(TranslationModel model) {
    boolean protects = protect.orElse(model.hasPlaceholders());
    return new LineTranslator(
        model,
        decoding.strategy(model.settings().decode(), sampling, nbest),
        splitting(),
        text -> line(text, protects),
        nbest);
  }

  private void translate(LineTranslator translator) {
    AtomicLong first = new AtomicLong(1);
    try (LineProgress progress = progress()) {
      InputLines.forEachChunk(
          stream ? 1 : CHUNK,
          lines -> {
            print(translator.translate(lines, first.get(), progress::add));
            first.addAndGet(lines.size());
          });
    }
  }

  /** Silent where lines are typed or translations are shown: they are the progress. */
  private static LineProgress progress() {
    return Terminal.isTyped() || Terminal.isShown()
        ? LineProgress.silent()
        : new LineProgress("translating", "lines", LineCount.ofStandardInput());
  }

  private static void print(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    System.out.print(text);
    System.out.flush();
  }
}
