package org.yuqiao.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.PeakMemory;
import org.yuqiao.bench.TranslationSpeed;
import org.yuqiao.bench.TranslationWorkload;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.text.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao bench translate}: throughput and latency of translation. */
@Command(
    name = "translate",
    description = {
      "Measures translation throughput in sentences and target tokens per second.",
      "Each measurement is warmed up first; the median of the repetitions is reported."
    },
    mixinStandardHelpOptions = true)
final class BenchTranslateCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  /** Sizes of untrained models. */
  private enum Size {
    BASE
  }

  @Option(
      names = "--model",
      paramLabel = "RUN",
      description =
          "The folder of a run or a model; several with the same vocabularies form an ensemble.")
  private List<Path> models = List.of();

  @Option(
      names = "--size",
      paramLabel = "base",
      description =
          "Instead of --model and --test: random weights in the base size of the paper (D=512,"
              + " F=2048, 6+6 layers, 8 heads, V=16,000), random sentences of 4 to 20 tokens,"
              + " translations of twice the source length plus 10 tokens.")
  private Optional<Size> size = Optional.empty();

  @Option(names = "--int8", description = "With --size: int8 weights.")
  private boolean int8;

  @Option(
      names = "--compare-int8",
      description =
          "Translates with float32 and int8 weights in turn and reports the speed-up of int8.")
  private boolean compareInt8;

  @Option(
      names = "--test",
      paramLabel = "CORPUS",
      description = "Sentence pairs whose source sides are translated.")
  private Optional<String> test = Optional.empty();

  @Option(
      names = "--beam",
      split = ",",
      paramLabel = "N",
      description = "Comma-separated beam sizes (default: ${DEFAULT-VALUE}).",
      defaultValue = "1,4")
  private List<Integer> beams;

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "N",
      description =
          "Comma-separated maximum sentences per batch; 0: limited by tokens only (default: ${DEFAULT-VALUE}).",
      defaultValue = "0,1")
  private List<Integer> batches;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Measured repetitions (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int repetitions;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description =
          "Seconds of translation before the measurement, at least one pass (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  private double warmUp;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the first N sentences; 0: all (default); with --size 1000.",
      defaultValue = "0")
  private int limit;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description = "Writes weights, token ids and translations to a folder, for another program.")
  private Optional<Path> export = Optional.empty();

  @Option(
      names = "--interleaved",
      description =
          "Takes turns with another program: prints \"ready\" after warm-up, translates once per line"
              + " of standard input, prints the seconds of each turn, and a JSON object at the end."
              + " With one beam and one batch.")
  private boolean interleaved;

  @Option(
      names = "--profile",
      description = "Reports the share of each op in the time of all threads.")
  private boolean profile;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    UsageException.refuseIf(repetitions < 1, "--repeat must be at least 1, not " + repetitions);
    UsageException.refuseIf(
        batches.stream().anyMatch(batch -> batch < 0), "--batch must not be below 0");
    UsageException.refuseIf(
        compareInt8 && (int8 || json || interleaved || export.isPresent()),
        "--compare-int8 cannot be combined with --int8, --json, --interleaved or --export");
    UsageException.refuseIf(
        profile && (compareInt8 || json || interleaved),
        "--profile cannot be combined with --compare-int8, --json or --interleaved");
    UsageException.refuseIf(
        interleaved && (beams.size() != 1 || batches.size() != 1),
        "--interleaved needs one beam size and one batch size");
    UsageException.refuseIf(
        size.isPresent()
            ? test.isPresent() || !models.isEmpty()
            : test.isEmpty() || models.isEmpty(),
        "give --model with --test, or --size alone");
    UsageException.refuseIf(
        int8 && size.isEmpty(), "--int8 goes with --size; a model is quantized with quantize");
    Backend backend = threads.backend();
    TranslationWorkload workload = workload();
    TranslationSpeed speed = new TranslationSpeed(workload, backend);
    TranslationSpeed.Rounds rounds = new TranslationSpeed.Rounds(warmUp, repetitions);
    if (compareInt8) {
      System.out.print(
          new Int8Comparison(speed, workload.quantized(), rounds).table(beams, batches));
      return 0;
    }
    List<TranslationSpeed.Result> results = new ArrayList<>();
    for (int beam : beams) {
      DecodingSettings settings = DecodingSettings.beam(beam, 1);
      for (int batch : batches) {
        results.add(
            interleaved
                ? speed.measure(
                    settings, batch, warmUp, new InterleavedDriver(System.in, System.out))
                : speed.measure(settings, batch, rounds));
      }
    }
    long peakMemory = PeakMemory.bytes();
    export.ifPresent(folder -> workload.export(folder, results));
    System.out.print(
        json || interleaved
            ? object(results, backend, peakMemory) + "\n"
            : table(results, backend) + memoryLine(peakMemory));
    if (profile) {
      results.forEach(result -> System.out.print(shares(result)));
    }
    return 0;
  }

  private static String shares(TranslationSpeed.Result result) {
    double all = result.secondsByOp().values().stream().mapToDouble(Double::doubleValue).sum();
    StringBuilder text = new StringBuilder();
    text.append("beam %d, batch %s%n".formatted(result.beam(), result.batchLabel()));
    result.secondsByOp().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            op ->
                text.append(
                    String.format(
                        Locale.ROOT, "%6.1f %%  %s%n", 100 * op.getValue() / all, op.getKey())));
    return text.toString();
  }

  private TranslationWorkload workload() {
    if (size.isPresent()) {
      return TranslationWorkload.baseSize(limit == 0 ? 1000 : limit, int8);
    }
    try (TranslationModel model = TranslationModel.load(models, threads.backend())) {
      return TranslationWorkload.of(
          model, sentences(test.orElseThrow(), model.settings().source()));
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
    text.append(" beam  batch  sentences/s   tokens/s   seconds       max\n");
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
              result.maxSeconds()));
    }
    return text.toString();
  }

  private static String memoryLine(long peakMemory) {
    return String.format(Locale.ROOT, "peak memory: %.0f MiB\n", peakMemory / MEBIBYTE);
  }

  private static String object(
      List<TranslationSpeed.Result> results, Backend backend, long peakMemory) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("backend", backend.description());
    object.put("peakMemoryBytes", peakMemory);
    ArrayNode all = object.putArray("results");
    for (TranslationSpeed.Result result : results) {
      all.addObject()
          .put("beam", result.beam())
          .put("batch", result.batch())
          .put("sentences", result.sentences())
          .put("tokens", result.tokens())
          .put("seconds", result.seconds())
          .put("maxSeconds", result.maxSeconds())
          .put("sentencesPerSecond", result.sentencesPerSecond())
          .put("tokensPerSecond", result.tokensPerSecond());
    }
    return object.toString();
  }
}
