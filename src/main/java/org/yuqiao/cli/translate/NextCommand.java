package org.yuqiao.cli.translate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.inference.TrainedLanguageModel;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao next}: the next-token distribution of a language model. */
@Command(
    name = "next",
    description = {
      "Lists the most probable next tokens after a prompt, with their probabilities.",
      "A space before a word is shown as \u2581, the end of a sentence as <eos>."
    },
    mixinStandardHelpOptions = true)
public final class NextCommand implements Callable<Integer> {
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
      description = "The text before the token (default: empty, the beginning of a text).")
  private String prompt;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = "Softmax temperature, above 0 (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of tokens (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    UsageException.refuseIf(
        !(temperature > 0), "--temperature must be above 0, not " + temperature);
    UsageException.refuseIf(top < 1, "--top must be at least 1, not " + top);
    Strategy greedy = Strategy.withoutScores(DecodingSettings.GREEDY);
    try (TrainedLanguageModel trained =
        new TrainedLanguageModel(new RunFolder(model), Threading.backend(1), greedy)) {
      List<TrainedLanguageModel.Candidate> found = trained.next(prompt, temperature, top);
      if (json) {
        System.out.println(object(found));
      } else {
        found.forEach(
            next ->
                System.out.printf(Locale.ROOT, "%8.4f  %s%n", next.probability(), next.piece()));
      }
    }
    return 0;
  }

  private ObjectNode object(List<TrainedLanguageModel.Candidate> found) {
    ObjectNode object = new ObjectMapper().createObjectNode();
    object.put("prompt", prompt).put("temperature", temperature);
    ArrayNode all = object.putArray("next");
    for (TrainedLanguageModel.Candidate next : found) {
      all.addObject().put("token", next.piece()).put("probability", next.probability());
    }
    return object;
  }
}
