package org.yuqiao.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.bench.TrainingSpeed;
import org.yuqiao.bench.TrainingWorkload;
import org.yuqiao.bench.WorkloadSize;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.cli.console.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao bench train}: throughput and latency of training steps. */
@Command(
    name = "train",
    description = {
      "Measures whole training steps: forward, backward, clipping by global norm, Adam; label"
          + " smoothing 0.1.",
      "Reports source and target tokens per second without padding, milliseconds per step, and"
          + " peak memory.",
      "Sizes: small is D=128, F=512, 3+3 layers, 4 heads, V=4,000; medium D=256, F=1024, 3+3, 4,"
          + " V=8,000, both in batches of 64 x 16; base D=512, F=2048, 6+6, 8, V=16,000; big"
          + " D=1024, F=4096, 6+6, 16, V=32,000, both in batches of 100 x 20. Pre-norm; the output layer is tied to the target embedding."
    },
    mixinStandardHelpOptions = true)
final class BenchTrainCommand implements Callable<Integer> {
  private static final double DEFAULT_DROPOUT = 0.1;

  @Option(
      names = "--size",
      paramLabel = "NAME",
      description = "Sizes of model and batches: small, medium, base or big (default: medium).")
  private Optional<String> size = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "CORPUS",
      description =
          "Uses batches of this corpus, padded as in training (default: random sentences).")
  private Optional<String> data = Optional.empty();

  @Option(names = "--dropout", paramLabel = "P", description = "Dropout rate (default: 0.1).")
  private Optional<Double> dropout = Optional.empty();

  @Option(
      names = "--hidden-size",
      paramLabel = "D",
      description = "Another hidden size; F scales with it.")
  private Optional<Integer> hiddenSize = Optional.empty();

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Another sentence length, with as many tokens per batch.")
  private Optional<Integer> length = Optional.empty();

  @Option(names = "--vocabulary", paramLabel = "V", description = "Another vocabulary size.")
  private Optional<Integer> vocabulary = Optional.empty();

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description = "Writes batches and initial weights to a folder instead of measuring.")
  private Optional<Path> export = Optional.empty();

  @Option(
      names = "--workload",
      paramLabel = "DIR",
      description = "Uses sizes and batches of a folder written by --export.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Seconds of training before the measurement (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Seconds of the measurement (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--matmul-precision",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description =
          "Inputs of large matmuls: float32, bfloat16 (with AVX512-BF16) or auto (default:"
              + " ${DEFAULT-VALUE}).")
  private MatmulPrecision precision;

  @Mixin private ThreadsOption threads;

  @Option(names = "--profile", description = "Reports the time of each op.")
  private boolean profile;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    UsageException.refuseIf(
        folder.isPresent()
            && Stream.of(size, data, dropout, hiddenSize, length, vocabulary, export)
                .anyMatch(Optional::isPresent),
        "--workload has sizes and batches of its own; give no other option of them, nor --export");
    UsageException.refuseIf(
        export.isPresent() && (profile || json),
        "--export measures nothing: no --profile or --json");
    UsageException.refuseIf(
        warmUp < 0 || seconds < 0, "--warm-up and --seconds must not be below 0");
    TrainingWorkload workload = folder.map(TrainingWorkload::read).orElseGet(this::build);
    if (export.isPresent()) {
      workload.write(export.get());
      return 0;
    }
    Backend backend = threads.backend().withMatmulPrecision(precision);
    TrainingSpeed.Result result =
        new TrainingSpeed(workload, backend).measure(new TrainingSpeed.Duration(warmUp, seconds));
    System.out.print(json ? object(result, backend) + "\n" : table(result, backend));
    return 0;
  }

  private TrainingWorkload build() {
    double rate = dropout.orElse(DEFAULT_DROPOUT);
    WorkloadSize sized = WorkloadSize.of(size.orElse("medium"));
    sized = hiddenSize.map(sized::withHiddenSize).orElse(sized);
    sized = length.map(sized::withLength).orElse(sized);
    WorkloadSize chosen = vocabulary.map(sized::withVocabulary).orElse(sized);
    return data.map(corpus -> TrainingWorkload.ofCorpus(chosen, rate, corpus))
        .orElseGet(() -> TrainingWorkload.synthetic(chosen, rate));
  }

  private String table(TrainingSpeed.Result result, Backend backend) {
    StringBuilder text = new StringBuilder(backend.description()).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%,d parameters, %.1f %% padding%n"
                + "%,.0f tokens/s, %.1f ms/step (quartiles %.1f to %.1f, %d steps), peak memory %,d MiB%n",
            result.parameters(),
            100 * result.padding(),
            result.tokensPerSecond(),
            result.msPerStep(),
            result.msLowerQuartile(),
            result.msUpperQuartile(),
            result.steps(),
            result.peakMemoryMb()));
    if (profile) {
      for (Map.Entry<String, Double> entry : result.msByOp().entrySet()) {
        text.append(
            String.format(Locale.ROOT, "%10.2f ms  %s%n", entry.getValue(), entry.getKey()));
      }
    }
    return text.toString();
  }

  private static String object(TrainingSpeed.Result result, Backend backend) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode object = mapper.createObjectNode().put("backend", backend.description());
    object.setAll((ObjectNode) mapper.valueToTree(result));
    try {
      return mapper.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
