package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.evaluate.Degeneration;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

/** Translates a test corpus with a model and scores the result. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * The result of an evaluation.
   *
   * @param scores by metric
   * @param signatures by metric
   * @param seconds of translating
   */
  public record Result(
      Map<String, Double> scores,
      Map<String, String> signatures,
      double seconds,
      List<String> sources,
      List<String> references,
      List<String> translations) {}

  /**
   * Translates and scores.
   *
   * @param corpora the test corpora, scored together and without cleaning
   * @param metrics comma-separated names
   */
  public static Result run(
      TranslationModel model,
      DecodingSettings decoding,
      List<String> corpora,
      String metrics,
      LongConsumer progress) {
    List<String> sources = new ArrayList<>();
    List<String> references = new ArrayList<>();
    for (String corpus : corpora) {
      new CorpusFiles(corpus)
          .forEach(
              pair -> {
                sources.add(pair.side(model.settings().source()));
                references.add(pair.side(model.settings().target()));
              });
    }
    if (sources.isEmpty()) {
      throw new InvalidInputException("there is no sentence in " + String.join(", ", corpora));
    }
    long begun = System.nanoTime();
    List<String> translations =
        model
            .translate(
                sources.stream().map(TranslationModel.Line::of).toList(),
                Strategy.withoutScores(decoding),
                LineSplitting.WHOLE_LINES,
                progress)
            .stream()
            .map(best -> best.get(0).text())
            .toList();
    double seconds = (System.nanoTime() - begun) / 1e9;
    Map<String, Double> scores = new LinkedHashMap<>();
    Map<String, String> signatures = new LinkedHashMap<>();
    for (Metric metric : Metric.of(metrics, model.settings().target())) {
      scores.put(metric.name(), metric.corpus(translations, List.of(references)));
      signatures.put(metric.name(), metric.signature(1));
    }
    return new Result(scores, signatures, seconds, sources, references, translations);
  }

  /** How many translations into {@code target} are degenerate. */
  public static long degenerate(Result result, Language target) {
    return IntStream.range(0, result.sources().size())
        .filter(
            i ->
                Degeneration.isDegenerate(
                    result.sources().get(i), result.translations().get(i), target))
        .count();
  }
}
