package org.yuqiao.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.PeakMemory;
import org.yuqiao.bench.SpeedTask;
import org.yuqiao.bench.TranslationSpeed;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.text.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao bench translate}. */
@Command(
    name = "translate",
    description = {
      "Measures how fast a model translates: sentences and target tokens a second.",
      "Each measurement is warmed up first; the median of the repetitions is told."
    },
    mixinStandardHelpOptions = true)
final class BenchTranslateCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  /** The sizes of models that are made for measuring. */
  private enum Size {
    BASE
  }

  @Option(
      names = "--model",
      paramLabel = "RUN",
      description = "The run's folder; several with the same vocabularies are asked together.")
  private List<Path> models = List.of();

  @Option(
      names = "--size",
      paramLabel = "base",
      description =
          "In place of --model and --test: random weights in the base size of the paper (D 512, F"
              + " 2048, 6 + 6 layers, 8 heads, vocabulary 16,000), random sentences of 4 to 20"
              + " tokens, translations of twice as many and ten.")
  private Optional<Size> size = Optional.empty();

  @Option(names = "--int8", description = "With --size: weights as integers of eight bits.")
  private boolean quantized;

  @Option(
      names = "--beside-int8",
      description =
          "Translates with integers of eight bits, too, in turn with the floats, and tells how many"
              + " times as fast they are.")
  private boolean besideIntegers;

  @Option(
      names = "--test",
      paramLabel = "CORPUS",
      description = "Pairs whose source sides are translated.")
  private Optional<String> test = Optional.empty();

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
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Translates so long before, at least everything once (${DEFAULT-VALUE}).",
      defaultValue = "4")
  private double warmUp;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Takes the first N sentences only.",
      defaultValue = "0")
  private int limit;

  @Option(names = "--threads", paramLabel = "N", description = "0: one a processor.")
  private int threads;

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description = "Writes weights, token ids and translations there, for another program.")
  private Optional<Path> export = Optional.empty();

  @Option(
      names = "--turns",
      description =
          "Says \"ready\" when it is warm, translates once for each line of the standard input,"
              + " telling the seconds, and prints one JSON object at its end: for taking turns with"
              + " another program. With one beam and one batch.")
  private boolean turns;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (repetitions < 1 || batches.stream().anyMatch(batch -> batch < 0)) {
      throw new InvalidInputException("--repeat must be at least 1, and --batch not below 0");
    }
    if (besideIntegers && (quantized || json || turns || export.isPresent())) {
      throw new InvalidInputException(
          "--beside-int8 goes with none of --int8, --json, --turns, --export");
    }
    if (turns && (beams.size() != 1 || batches.size() != 1)) {
      throw new InvalidInputException(
          "--turns needs one number after --beam and one after --batch");
    }
    if (size.isPresent()
        ? test.isPresent() || !models.isEmpty()
        : test.isEmpty() || models.isEmpty()) {
      throw new InvalidInputException("give --model with --test, or --size alone");
    }
    Backend backend = Threading.backend(threads);
    SpeedTask task = task();
    TranslationSpeed speed = new TranslationSpeed(task, backend);
    TranslationSpeed.Rounds rounds = new TranslationSpeed.Rounds(warmUp, repetitions);
    if (besideIntegers) {
      System.out.print(new Int8Comparison(speed, task.asIntegers(), rounds).table(beams, batches));
      return 0;
    }
    List<TranslationSpeed.Result> results = new ArrayList<>();
    for (int beam : beams) {
      DecodingSettings settings = DecodingSettings.beam(beam, 1);
      for (int batch : batches) {
        results.add(
            turns
                ? speed.measure(
                    settings, batch, warmUp, new InterleavedDriver(System.in, System.out))
                : speed.measure(settings, batch, rounds));
      }
    }
    long peakMemory = PeakMemory.bytes();
    export.ifPresent(folder -> task.export(folder, results));
    System.out.print(
        json || turns
            ? object(results, backend, peakMemory) + "\n"
            : table(results, backend) + told(peakMemory));
    return 0;
  }

  private SpeedTask task() {
    if (size.isPresent()) {
      return SpeedTask.ofBaseSize(limit == 0 ? 1000 : limit, quantized);
    }
    try (TranslationModel model = TranslationModel.load(models, Threading.backend(threads))) {
      return SpeedTask.of(model, sentences(test.orElseThrow(), model.settings().source()));
    }
  }

  private List<String> sentences(String corpus, Language language) {
    PairRecordReader reader = new CorpusFiles(corpus).open();
    List<String> sentences = new ArrayList<>();
    while (reader.hasNext() && (limit == 0 || sentences.size() < limit)) {
      sentences.add(reader.nextPair().side(language));
    }
    if (sentences.isEmpty()) {
      throw new InvalidInputException("there is no sentence in " + corpus);
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
              result.batchLabel(),
              result.sentencesPerSecond(),
              result.tokensPerSecond(),
              result.seconds(),
              result.slowest()));
    }
    return text.toString();
  }

  private static String told(long peakMemory) {
    return String.format(Locale.ROOT, "peak memory: %.0f MiB\n", peakMemory / MEBIBYTE);
  }

  private static String object(
      List<TranslationSpeed.Result> results, Backend backend, long peakMemory) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("backend", backend.description());
    object.put("peakMemory", peakMemory);
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
