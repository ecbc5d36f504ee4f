package org.yuqiao.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.evaluate.text.TerOptions;

/** Scores, signatures and the figures behind them are sacreBLEU's. */
class SacreBleuAgreementTest {
  private static final double TOLERANCE = 1e-8;

  private static final Map<String, Metric> METRICS =
      Map.ofEntries(
          Map.entry("bleu-13a", new Bleu(BleuTokenizer.MTEVAL_13A)),
          Map.entry("bleu-zh", new Bleu(BleuTokenizer.CHINESE)),
          Map.entry("bleu-char", new Bleu(BleuTokenizer.CHARACTER)),
          Map.entry("bleu-none", new Bleu(BleuTokenizer.NONE)),
          Map.entry("bleu-13a-floor", new Bleu(BleuTokenizer.MTEVAL_13A, BleuSmoothing.FLOOR)),
          Map.entry("bleu-13a-add-k", new Bleu(BleuTokenizer.MTEVAL_13A, BleuSmoothing.ADD_ONE)),
          Map.entry("bleu-13a-none", new Bleu(BleuTokenizer.MTEVAL_13A, BleuSmoothing.NONE)),
          Map.entry("chrf", new Chrf()),
          Map.entry("chrf++", new Chrf(Chrf.PLUS_PLUS)),
          Map.entry("ter", new Ter()),
          Map.entry("ter-case", new Ter(new TerOptions(false, true, false, true))),
          Map.entry("ter-normalized", new Ter(new TerOptions(true, true, false, false))),
          Map.entry("ter-normalized-asian", new Ter(TerOptions.ASIAN)),
          Map.entry("ter-unpunctuated", new Ter(new TerOptions(false, false, false, false))),
          Map.entry("ter-unpunctuated-asian", new Ter(new TerOptions(false, false, true, false))),
          Map.entry("ter-all", new Ter(new TerOptions(true, false, true, false))));

  static Stream<Named<JsonNode>> rows() {
    return StreamSupport.stream(ReferenceFigures.read("expected.json").spliterator(), false)
        .map(
            row ->
                Named.of(
                    "%s of %s (%s) against %s"
                        .formatted(
                            row.get("metric").textValue(),
                            row.get("system").textValue(),
                            row.get("language").textValue(),
                            row.get("references")),
                    row));
  }

  @Test
  void everyMetricHasReferenceFigures() {
    // 2 languages, 3 systems, 3 choices of references
    assertEquals(2L * 3 * 3 * METRICS.size(), rows().count());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void corpusScoreIsSacreBleus(JsonNode row) {
    List<String> hypotheses = hypotheses(row);
    List<List<String>> references = references(row);
    Metric metric = metric(row);

    MetricScore score = metric.measure(hypotheses, references);

    assertEquals(row.get("score").doubleValue(), score.value(), TOLERANCE);
    assertEquals(score.value(), metric.corpus(hypotheses, references));
    assertEquals(row.get("signature").textValue(), score.signature());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void detailsAreSacreBleus(JsonNode row) {
    Map<String, Double> details = metric(row).measure(hypotheses(row), references(row)).details();
    JsonNode expected = row.get("details");
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      if (field.getKey().equals("precisions")) {
        double[] precisions = ReferenceFigures.doubles(field.getValue());
        for (int n = 1; n <= precisions.length; n++) {
          assertEquals(precisions[n - 1], details.get("precision" + n), TOLERANCE);
        }
      } else {
        assertEquals(
            field.getValue().doubleValue(), details.get(field.getKey()), TOLERANCE, field.getKey());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void sentenceScoresAreSacreBleus(JsonNode row) {
    List<String> hypotheses = hypotheses(row);
    List<List<String>> references = references(row);
    double[] expected = ReferenceFigures.doubles(row.get("sentences"));
    assertEquals(expected.length, hypotheses.size());
    for (int i = 0; i < expected.length; i++) {
      List<String> own = new ArrayList<>();
      for (List<String> reference : references) {
        own.add(reference.get(i));
      }
      assertEquals(
          expected[i],
          metric(row).sentence(hypotheses.get(i), own),
          TOLERANCE,
          hypotheses.get(i) + " against " + own);
    }
    assertEquals(
        row.get("sentenceSignature").textValue(), metric(row).sentenceSignature(references.size()));
  }

  private static Metric metric(JsonNode row) {
    return METRICS.get(row.get("metric").textValue());
  }

  private static List<String> hypotheses(JsonNode row) {
    return ReferenceFigures.hypotheses(
        row.get("language").textValue(), row.get("system").textValue());
  }

  private static List<List<String>> references(JsonNode row) {
    return ReferenceFigures.references(row.get("language").textValue(), row.get("references"));
  }
}
