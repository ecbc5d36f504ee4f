package org.yuqiao.cli.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.inference.PairScoring;
import org.yuqiao.inference.TranslationModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao score-pairs}: log-probabilities of given translations. */
@Command(
    name = "score-pairs",
    description = {
      "Scores given translations by teacher forcing, one line per pair:",
      "natural log-probability, tab, each target token with its own."
    },
    mixinStandardHelpOptions = true)
public final class ScorePairsCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description =
          "The folder of a run or a model; several with the same vocabularies form an ensemble.")
  private List<Path> models;

  @Parameters(
      index = "0",
      paramLabel = "CORPUS",
      description = "Sentence pairs: .tsv, .jsonl, .tmx or a.zh,a.en.")
  private String corpus;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; 0: one per processor (default).")
  private int threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    try (TranslationModel model = TranslationModel.load(models, Threading.backend(threads))) {
      List<PairScoring.Score> scores = PairScoring.run(model, corpus);
      System.out.print(json ? object(scores) + "\n" : text(scores));
      System.out.flush();
    }
    return 0;
  }

  private static String text(List<PairScoring.Score> scores) {
    StringBuilder text = new StringBuilder();
    for (PairScoring.Score score : scores) {
      text.append(String.format(Locale.ROOT, "%.4f\t", score.logProbability()));
      for (int i = 0; i < score.tokens().size(); i++) {
        text.append(i == 0 ? "" : " ");
        text.append(
            String.format(Locale.ROOT, "%s %.4f", score.tokens().get(i), score.scores()[i]));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String object(List<PairScoring.Score> scores) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    double total = 0;
    long tokens = 0;
    ArrayNode pairs = object.putArray("pairs");
    for (PairScoring.Score score : scores) {
      ObjectNode pair = pairs.addObject();
      pair.put("logProbability", score.logProbability());
      score.tokens().forEach(pair.putArray("tokens")::add);
      ArrayNode own = pair.putArray("scores");
      for (double value : score.scores()) {
        own.add(value);
      }
      total += score.logProbability();
      tokens += score.scores().length;
    }
    object.put("logProbability", total);
    object.put("tokens", tokens);
    object.put("perplexity", Math.exp(-total / tokens));
    return object.toString();
  }
}
