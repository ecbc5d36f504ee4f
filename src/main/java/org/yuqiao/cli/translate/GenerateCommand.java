package org.yuqiao.cli.translate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.inference.TrainedLanguageModel;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao generate}: continues a prompt with a language model. */
@Command(
    name = "generate",
    description = "Continues a prompt with a language model, sampling one token at a time.",
    mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {
  /** All texts are sampled side by side. */
  private static final int MAX_COUNT = 1000;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of a run with model.kind: decoder-only.")
  private Path model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The beginning of the text (default: empty).")
  private String prompt;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "60",
      description = "Maximum number of new tokens (default: ${DEFAULT-VALUE}).")
  private int length;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = "Sampling temperature; 0: greedy search (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Samples from the K most probable tokens; 0: from all (default).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Nucleus sampling: the smallest set of tokens with probability P (default: ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of texts, one per line (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    UsageException.refuseIf(length < 1, "--length must be at least 1, not " + length);
    UsageException.refuseIf(
        count < 1 || count > MAX_COUNT,
        "--count must be from 1 to " + MAX_COUNT + ", not " + count);
    try (TrainedLanguageModel trained =
        new TrainedLanguageModel(new RunFolder(model), Threading.backend(1), strategy())) {
      List<TrainedLanguageModel.Generated> texts = trained.generate(prompt, length);
      if (json) {
        System.out.println(object(texts));
      } else {
        texts.forEach(text -> System.out.println(oneLine(text.text())));
      }
    }
    return 0;
  }

  private Strategy strategy() {
    if (temperature == 0) {
      UsageException.refuseIf(count > 1, "--temperature 0 gives one text; --count must be 1");
      UsageException.refuseIf(
          topK != 0 || topP != 1, "--top-k and --top-p have no effect with --temperature 0");
      return Strategy.withScores(DecodingSettings.GREEDY, 1);
    }
    Sampling sampling = SamplingOptions.of(temperature, topK, topP, seed);
    return Strategy.sampling(DecodingSettings.GREEDY, sampling, count);
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
  }

  private static ObjectNode object(List<TrainedLanguageModel.Generated> texts) {
    ObjectNode object = new ObjectMapper().createObjectNode();
    ArrayNode all = object.putArray("texts");
    for (TrainedLanguageModel.Generated text : texts) {
      all.addObject()
          .put("text", text.text())
          .put("logProbability", text.logProbability().orElseThrow());
    }
    return object;
  }
}
