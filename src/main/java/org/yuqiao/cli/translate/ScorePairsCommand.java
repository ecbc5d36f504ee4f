package org.yuqiao.cli.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.TargetLanguageOption;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.files.EscapedText;
import org.yuqiao.inference.PairScoring;
import org.yuqiao.inference.TranslationModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao score-pairs}: log-probabilities of given translations. */
@Command(
    name = "score-pairs",
    description = {
      "Scores given translations by teacher forcing, one line per pair:",
      "natural log-probability, tab, each target token with its own.",
      "A pair with an empty source or too many tokens gets a hyphen, tab, the reason."
    },
    mixinStandardHelpOptions = true)
public final class ScorePairsCommand implements Callable<Integer> {
  private static final int MAX_WARNINGS = 10;

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

  @Mixin private TargetLanguageOption targetLanguage;

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    try (TranslationModel model =
        TranslationModel.load(models, threads.backend(), targetLanguage.code())) {
      List<PairScoring.Pair> pairs = PairScoring.run(model, corpus);
      warn(pairs);
      System.out.print(json ? object(pairs) + "\n" : text(pairs));
      System.out.flush();
    }
    return 0;
  }

  /** Reports the pairs that were not scored on standard error. */
  private static void warn(List<PairScoring.Pair> pairs) {
    List<PairScoring.Pair> bad = pairs.stream().filter(pair -> pair.score().isEmpty()).toList();
    bad.stream()
        .limit(MAX_WARNINGS)
        .forEach(
            pair ->
                System.err.println(
                    "yuqiao: " + EscapedText.of(pair.origin() + ": " + pair.problem())));
    if (!bad.isEmpty()) {
      System.err.printf("yuqiao: %d of %d pairs were not scored%n", bad.size(), pairs.size());
    }
  }

  private static String text(List<PairScoring.Pair> pairs) {
    StringBuilder text = new StringBuilder();
    for (PairScoring.Pair pair : pairs) {
      text.append(pair.score().map(ScorePairsCommand::text).orElse("-\t" + pair.problem()));
      text.append('\n');
    }
    return text.toString();
  }

  private static String text(PairScoring.Score score) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%.4f\t", score.logProbability()));
    for (int i = 0; i < score.tokens().size(); i++) {
      text.append(i == 0 ? "" : " ");
      text.append(String.format(Locale.ROOT, "%s %.4f", score.tokens().get(i), score.scores()[i]));
    }
    return text.toString();
  }

  private static String object(List<PairScoring.Pair> pairs) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    double total = 0;
    long tokens = 0;
    int notScored = 0;
    ArrayNode all = object.putArray("pairs");
    for (PairScoring.Pair pair : pairs) {
      ObjectNode node = all.addObject();
      if (pair.score().isEmpty()) {
        node.put("notScored", pair.problem());
        notScored++;
        continue;
      }
      PairScoring.Score score = pair.score().get();
      node.put("logProbability", score.logProbability());
      score.tokens().forEach(node.putArray("tokens")::add);
      ArrayNode own = node.putArray("scores");
      for (double value : score.scores()) {
        own.add(value);
      }
      total += score.logProbability();
      tokens += score.scores().length;
    }
    object.put("logProbability", total);
    object.put("tokens", tokens);
    if (tokens > 0) {
      object.put("perplexity", Math.exp(-total / tokens));
    }
    object.put("notScored", notScored);
    return object.toString();
  }
}
