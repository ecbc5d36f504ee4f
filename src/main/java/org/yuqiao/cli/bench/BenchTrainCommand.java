package org.yuqiao.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.bench.TrainingSpeed;
import org.yuqiao.bench.TrainingWorkload;
import org.yuqiao.bench.WorkloadSize;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao bench train}: how fast a model is trained. */
@Command(
    name = "train",
    description = {
      "Measures whole training steps: forward, backward, clipping by global norm, Adam, label"
          + " smoothing 0.1.",
      "Tells source and target tokens a second (padding not counted), milliseconds a step, and the"
          + " most memory the process has had.",
      "Sizes: small is D=128, F=512, 3+3 layers, 4 heads, V=4,000; medium D=256, F=1024, 3+3, 4,"
          + " V=8,000, both in batches of 64 x 16; base D=512, F=2048, 6+6, 8, V=16,000 in batches"
          + " of 100 x 20. The norms stand before the sub-layers; target embedding and output are"
          + " one matrix."
    },
    mixinStandardHelpOptions = true)
final class BenchTrainCommand implements Callable<Integer> {
  @Option(
      names = "--size",
      paramLabel = "NAME",
      defaultValue = "medium",
      description = "small, medium or base (${DEFAULT-VALUE}).")
  private String size;

  @Option(
      names = "--data",
      paramLabel = "CORPUS",
      description = "Takes batches of this corpus, padded as in training, instead of made ones.")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0.1",
      description = "The share of activations dropped (${DEFAULT-VALUE}).")
  private double dropout;

  @Option(names = "--width", paramLabel = "D", description = "Another width; F grows with it.")
  private Optional<Integer> width = Optional.empty();

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Another length of the sentences, in batches of as many tokens.")
  private Optional<Integer> length = Optional.empty();

  @Option(names = "--vocabulary", paramLabel = "V", description = "Another vocabulary.")
  private Optional<Integer> vocabulary = Optional.empty();

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description = "Writes batches and first weights to a folder, and measures nothing.")
  private Optional<Path> export = Optional.empty();

  @Option(
      names = "--workload",
      paramLabel = "DIR",
      description = "Takes sizes and batches from a folder that --export has written.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Seconds of steps that are not counted (${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Seconds of steps that are (${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--threads", paramLabel = "N", description = "0: one a processor.")
  private int threads;

  @Option(names = "--profile", description = "Tells where the time goes, op by op.")
  private boolean profile;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (warmUp < 0 || seconds < 0) {
      throw new InvalidInputException("--warm-up and --seconds must not be below 0");
    }
    TrainingWorkload workload = folder.map(TrainingWorkload::read).orElseGet(this::make);
    if (export.isPresent()) {
      workload.write(export.get());
      return 0;
    }
    Backend backend = Threading.backend(threads);
    TrainingSpeed.Result result =
        new TrainingSpeed(workload, backend).measure(new TrainingSpeed.Duration(warmUp, seconds));
    System.out.print(json ? object(result, backend) + "\n" : table(result, backend));
    return 0;
  }

  private TrainingWorkload make() {
    WorkloadSize sized = WorkloadSize.of(size);
    sized = width.map(sized::withWidth).orElse(sized);
    sized = length.map(sized::withLength).orElse(sized);
    WorkloadSize made = vocabulary.map(sized::withVocabulary).orElse(sized);
    return data.map(corpus -> TrainingWorkload.ofCorpus(made, dropout, corpus))
        .orElseGet(() -> TrainingWorkload.made(made, dropout));
  }

  private String table(TrainingSpeed.Result result, Backend backend) {
    StringBuilder text = new StringBuilder(backend.description()).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%,d parameters, %.1f %% padding%n"
                + "%,.0f tokens/s, %.1f ms a step (quartiles %.1f to %.1f, %d steps), %,d MiB at most%n",
            result.parameters(),
            100 * result.padding(),
            result.tokensPerSecond(),
            result.msPerStep(),
            result.msLow(),
            result.msHigh(),
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
