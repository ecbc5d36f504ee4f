package org.yuqiao.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.CorpusFiles;
import org.yuqiao.corpus.PairRecordReader;
import org.yuqiao.decode.DecodingSettings;
import org.yuqiao.experiment.LoadedModels;
import org.yuqiao.experiment.RunFolder;
import org.yuqiao.experiment.TranslationSpeed;
import org.yuqiao.files.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yuqiao bench}: measures speed. */
@Command(
    name = "bench",
    description = "Measures speed.",
    mixinStandardHelpOptions = true,
    subcommands = {BenchTrainCommand.class, BenchCommand.Translate.class, BenchEmbedCommand.class})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected train, translate or embed; see yuqiao bench --help");
  }

  /** {@code yuqiao bench translate}. */
  @Command(
      name = "translate",
      description = {
        "Measures how fast a model translates: sentences and target tokens a second.",
        "Each measurement runs once to warm up; the median of the repetitions is told."
      },
      mixinStandardHelpOptions = true)
  static final class Translate implements Callable<Integer> {
    @Option(
        names = "--model",
        required = true,
        paramLabel = "RUN",
        description = "The run's folder; several with the same vocabularies are asked together.")
    private List<Path> models;

    @Option(
        names = "--test",
        required = true,
        paramLabel = "CORPUS",
        description = "Pairs whose source sides are translated.")
    private String test;

    @Option(
        names = "--beam",
        split = ",",
        paramLabel = "N",
        description = "Beams to measure (${DEFAULT-VALUE}).",
        defaultValue = "1,4")
    private List<Integer> beams;

    @Option(
        names = "--batch",
        split = ",",
        paramLabel = "N",
        description = "Sentences of a batch, 0 for as many as go (${DEFAULT-VALUE}).",
        defaultValue = "0,1")
    private List<Integer> batches;

    @Option(
        names = "--repeat",
        paramLabel = "N",
        description = "Repetitions (${DEFAULT-VALUE}).",
        defaultValue = "3")
    private int repetitions;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Takes the first N sentences only.",
        defaultValue = "0")
    private int limit;

    @Option(names = "--threads", paramLabel = "N", description = "0: one a processor.")
    private int threads;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
      if (repetitions < 1 || batches.stream().anyMatch(batch -> batch < 0)) {
        throw new BadInput("--repeat must be at least 1, and --batch not below 0");
      }
      LoadedModels loaded = LoadedModels.of(models.stream().map(RunFolder::new).toList());
      Backend backend = Threading.backend(threads);
      TranslationSpeed speed = new TranslationSpeed(loaded, backend, sentences(loaded));
      List<TranslationSpeed.Result> results = new ArrayList<>();
      for (int beam : beams) {
        DecodingSettings settings = DecodingSettings.beam(beam, 1);
        for (int batch : batches) {
          results.add(speed.measure(settings, batch, repetitions));
        }
      }
      System.out.print(json ? object(results, backend) + "\n" : table(results, backend));
      return 0;
    }

    private List<String> sentences(LoadedModels loaded) {
      PairRecordReader reader = new CorpusFiles(test).open();
      List<String> sentences = new ArrayList<>();
      while (reader.hasNext() && (limit == 0 || sentences.size() < limit)) {
        sentences.add(reader.nextPair().side(loaded.settings().source()));
      }
      if (sentences.isEmpty()) {
        throw new BadInput("there is no sentence in " + test);
      }
      return sentences;
    }

    private static String table(List<TranslationSpeed.Result> results, Backend backend) {
      StringBuilder text = new StringBuilder(backend.description()).append('\n');
      text.append(" beam  batch  sentences/s   tokens/s   seconds   slowest\n");
      for (TranslationSpeed.Result result : results) {
        text.append(
            String.format(
                Locale.ROOT,
                "%5d  %5s  %11.1f  %9.0f  %8.3f  %8.3f\n",
                result.beam(),
                result.batch() == 0 ? "many" : Integer.toString(result.batch()),
                result.sentencesPerSecond(),
                result.tokensPerSecond(),
                result.seconds(),
                result.slowest()));
      }
      return text.toString();
    }

    private static String object(List<TranslationSpeed.Result> results, Backend backend) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("backend", backend.description());
      ArrayNode all = object.putArray("results");
      for (TranslationSpeed.Result result : results) {
        all.addObject()
            .put("beam", result.beam())
            .put("batch", result.batch())
            .put("sentences", result.sentences())
            .put("tokens", result.tokens())
            .put("seconds", result.seconds())
            .put("slowest", result.slowest())
            .put("sentencesPerSecond", result.sentencesPerSecond())
            .put("tokensPerSecond", result.tokensPerSecond());
      }
      return object.toString();
    }
  }
}
