package org.yuqiao.cli.translate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.console.ExitCodes;
import org.yuqiao.cli.console.Terminal;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.BatchLimits;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.inference.ExplainedModel;
import org.yuqiao.inference.LoadedModels;
import org.yuqiao.inference.TrainedModel;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ShippedModels;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao translate}: standard input to standard output, a line for a line. */
@Command(
    name = "translate",
    description = {
      "Translates standard input, one line for each line.",
      "Lines too long for the model are translated sentence by sentence. What is not UTF-8 is"
          + " passed over, with a message."
    },
    mixinStandardHelpOptions = true)
public final class TranslateCommand implements Callable<Integer> {
  /** Lines that are read before they are translated together. */
  private static final int CHUNK = 2000;

  @Option(
      names = "--model",
      paramLabel = "RUN",
      description = {
        "The folder of a run or a model; several with the same vocabularies are asked together.",
        "Without it: the model in models/ that --direction names."
      })
  private List<Path> models = List.of();

  @Option(
      names = "--direction",
      paramLabel = "zh-en|en-zh",
      defaultValue = "zh-en",
      description = "Which model of models/ translates (${DEFAULT-VALUE}).")
  private String direction;

  @Mixin private DecodingOptions decoding;

  @Mixin private SamplingOptions sampling;

  @Mixin private ExplainOptions explaining;

  @Option(
      names = "--nbest",
      paramLabel = "N",
      description = "Prints the N best, each as: line number, tab, score, tab, translation.")
  private int nbest;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "Every translation begins with this.")
  private Optional<String> prefix = Optional.empty();

  @Option(
      names = "--prefix-column",
      description = "Each line is: source, tab, the beginning of its translation.")
  private boolean prefixColumn;

  @Option(
      names = "--stream",
      description = "Translates each line at once; as a matter of course when lines are typed.")
  private boolean stream;

  @Option(names = "--threads", paramLabel = "N", description = "0: one a processor.")
  private int threads;

  /** Runs the command alone, without loading the others; returns the exit code. */
  public static int execute(String... arguments) {
    Backend.prepare();
    CommandLine command = new CommandLine(new TranslateCommand());
    command.setCommandName("yuqiao translate");
    return ExitCodes.configure(command).execute(arguments);
  }

  @Override
  public Integer call() {
    if (nbest < 0) {
      throw new InvalidInputException("--nbest must not be below 0, but is " + nbest);
    }
    if (prefix.isPresent() && prefixColumn) {
      throw new InvalidInputException("give --prefix or --prefix-column, not both");
    }
    LoadedModels loaded = LoadedModels.of(folders());
    if (explaining.isAsked()) {
      explain(loaded);
      return 0;
    }
    Strategy strategy = strategy(loaded.settings().decode());
    int chunk = stream || Terminal.isTyped() ? 1 : CHUNK;
    try (TrainedModel model =
            new TrainedModel(loaded, Threading.backend(threads), strategy, BatchLimits.DEFAULT);
        Utf8Lines lines = lines()) {
      translate(model, lines, chunk);
    }
    return 0;
  }

  private List<RunFolder> folders() {
    return models.isEmpty()
        ? List.of(ShippedModels.ofProgram().direction(direction))
        : models.stream().map(RunFolder::new).toList();
  }

  private static Utf8Lines lines() {
    return Utf8Lines.forgiving(
        System.in, "standard input", message -> System.err.println("yuqiao: " + message));
  }

  private void explain(LoadedModels loaded) {
    if (nbest > 0 || sampling.sampling().isPresent()) {
      throw new InvalidInputException("--explain and --alignments go without --nbest and --sample");
    }
    DecodingSettings settings = decoding.settings(loaded.settings().decode(), 1);
    try (ExplainedModel model = explaining.model(loaded, settings);
        Utf8Lines lines = lines()) {
      long number = 1;
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        Input input = input(line.get());
        System.out.print(
            explaining.print(number++, model.explainLine(input.source(), input.prefix())));
        System.out.flush();
      }
    }
  }

  /** A line and what its translation begins with. */
  private record Input(String source, String prefix) {}

  private Input input(String line) {
    int tab = prefixColumn ? line.indexOf('\t') : -1;
    return tab < 0
        ? new Input(line, prefix.orElse(""))
        : new Input(line.substring(0, tab), line.substring(tab + 1));
  }

  private Strategy strategy(DecodingSettings ofRun) {
    DecodingSettings settings = decoding.settings(ofRun, nbest);
    Optional<Sampling> drawn = sampling.sampling();
    if (drawn.isPresent()) {
      return Strategy.sampling(settings, drawn.get(), Math.max(1, nbest));
    }
    if (nbest > settings.beamSize()) {
      throw new InvalidInputException(
          "--nbest " + nbest + " needs a beam of at least as many; give --beam " + nbest);
    }
    return nbest == 0 ? Strategy.of(settings) : Strategy.of(settings, nbest);
  }

  private void translate(TrainedModel model, Utf8Lines lines, int size) {
    List<String> chunk = new ArrayList<>();
    long first = 1;
    Optional<String> line = lines.next();
    while (line.isPresent()) {
      chunk.add(line.get());
      boolean full = chunk.size() == size;
      if (full) {
        translate(model, chunk, first);
        first += chunk.size();
        chunk.clear();
      }
      line = lines.next();
    }
    translate(model, chunk, first);
  }

  private void translate(TrainedModel model, List<String> lines, long first) {
    List<String> sources = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    for (String line : lines) {
      Input input = input(line);
      sources.add(input.source());
      prefixes.add(input.prefix());
    }
    print(model.translate(sources, prefixes, done -> {}), first);
  }

  private void print(List<List<TrainedModel.Translation>> translations, long first) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < translations.size(); i++) {
      List<TrainedModel.Translation> best = translations.get(i);
      if (nbest == 0) {
        text.append(best.get(0).text()).append('\n');
      }
      for (int n = 0; n < Math.min(nbest, best.size()); n++) {
        text.append(
            String.format(
                Locale.ROOT, "%d\t%.4f\t%s\n", first + i, best.get(n).score(), best.get(n).text()));
      }
    }
    System.out.print(text);
    System.out.flush();
  }
}
