package org.yuqiao.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

class BootstrapTest {
  /** sacreBLEU computes the drawn test sets' scores in single precision. */
  private static final double SINGLE = 1e-3;

  /** The plain mean of one number a sentence, for which statistics has formulas. */
  private static final class Mean implements Metric {
    @Override
    public String name() {
      return "mean";
    }

    @Override
    public String signature(int references) {
      return "mean";
    }

    @Override
    public double[] counts(String hypothesis, List<String> references) {
      return new double[] {Double.parseDouble(hypothesis), 1};
    }

    @Override
    public double score(double[] counts) {
      return counts[0] / counts[1];
    }

    @Override
    public Map<String, Double> details(double[] counts) {
      return Map.of();
    }
  }

  private static List<double[]> numbers(long seed, int size, double mean) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> counts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      counts.add(new double[] {mean + random.nextDouble() - 0.5, 1});
    }
    return counts;
  }

  private static Supplier<int[]> drawn(JsonNode row) {
    Iterator<JsonNode> testSets = row.get("drawn").iterator();
    return () ->
        StreamSupport.stream(testSets.next().spliterator(), false)
            .mapToInt(JsonNode::intValue)
            .toArray();
  }

  private static List<double[]> counts(Metric metric, String language, String system) {
    JsonNode both = JsonNodeFactory.instance.arrayNode().add(0).add(1);
    return metric.allCounts(
        ReferenceFigures.hypotheses(language, system), ReferenceFigures.references(language, both));
  }

  @Test
  void onTheSameDrawsAllFiguresAreSacreBleus() {
    int compared = 0;
    for (JsonNode row : ReferenceFigures.read("bootstrap.json")) {
      String language = row.get("language").textValue();
      int samples = row.get("drawn").size();
      for (JsonNode expected : row.get("comparisons")) {
        String name = expected.get("metric").textValue();
        // sacreBLEU's default TER for every language.
        Metric metric =
            name.equals("ter") ? new Ter() : Metric.of(name, Language.of(language)).get(0);
        List<double[]> first = counts(metric, language, expected.get("first").textValue());
        List<double[]> second = counts(metric, language, expected.get("second").textValue());

        PairedBootstrap.Result result =
            new PairedBootstrap(metric, samples, 1).compare(first, second, drawn(row));

        assertEquals(expected.get("scores").get(0).doubleValue(), result.first(), 1e-8);
        assertEquals(expected.get("scores").get(1).doubleValue(), result.second(), 1e-8);
        double[] means = ReferenceFigures.doubles(expected.get("means"));
        assertEquals(means[0], result.firstResampled().mean(), SINGLE);
        assertEquals(means[1], result.secondResampled().mean(), SINGLE);
        double[] intervals = ReferenceFigures.doubles(expected.get("intervals"));
        assertEquals(intervals[0], result.firstInterval(), SINGLE);
        assertEquals(intervals[1], result.secondInterval(), SINGLE);
        assertEquals(expected.get("pValue").doubleValue(), result.pValue(), 1e-12, name);
        assertEquals(
            result.firstResampled(),
            new Bootstrap(metric, samples, 1).interval(first, drawn(row)),
            "one system alone has the same interval");
        compared++;
      }
    }
    assertEquals(18, compared);
  }

  @Test
  void intervalOfAMeanHasTheWidthThatStatisticsGives() {
    // Uniform on an interval of length 1: variance 1/12; 95 % is 1.96 standard errors each way.
    List<double[]> counts = numbers(3, 400, 10);
    BootstrapInterval interval = new Bootstrap(new Mean(), 4000, 5).interval(counts);
    double expected = 1.96 * Math.sqrt(1.0 / 12 / 400);
    assertEquals(expected, interval.halfWidth(), 0.08 * expected);
    assertEquals(new Mean().score(Metric.sum(counts)), interval.mean(), 0.05 * expected);
    assertTrue(interval.low() < interval.mean() && interval.mean() < interval.high());
  }

  @Test
  void aClearDifferenceIsSignificantAndNoiseIsNot() {
    List<double[]> some = numbers(3, 200, 10);
    PairedBootstrap test = new PairedBootstrap(new Mean(), 1000, 5);
    assertTrue(test.compare(some, numbers(4, 200, 10.3)).pValue() < 0.01);
    assertTrue(test.compare(some, numbers(9, 200, 10)).pValue() > 0.05);
  }

  @Test
  void aSystemIsNotDifferentFromItself() {
    List<double[]> some = numbers(3, 50, 10);
    PairedBootstrap.Result result = new PairedBootstrap(new Mean(), 100, 5).compare(some, some);
    assertEquals(1, result.pValue());
    assertEquals(0, result.firstWins());
    assertEquals(result.firstResampled(), result.secondResampled());
  }

  @Test
  void theSystemWithTheLesserTerWins() {
    Metric ter = new Ter();
    List<double[]> good = counts(ter, "en", "good");
    List<double[]> poor = counts(ter, "en", "poor");
    PairedBootstrap test = new PairedBootstrap(ter, 100, 5);
    assertTrue(test.compare(good, poor).firstWins() > 0.95);
    assertTrue(test.compare(poor, good).firstWins() < 0.05);
  }

  @Test
  void equalSeedsGiveEqualResultsAndOthersOthers() {
    List<double[]> a = numbers(3, 50, 10);
    List<double[]> b = numbers(4, 50, 10);
    PairedBootstrap.Result result = new PairedBootstrap(new Mean(), 100, 5).compare(a, b);
    assertEquals(result, new PairedBootstrap(new Mean(), 100, 5).compare(a, b));
    assertNotEquals(result, new PairedBootstrap(new Mean(), 100, 6).compare(a, b));
  }

  @Test
  void lowAndHighCutAFortiethOffEachEnd() {
    double[] scores = new double[80];
    Arrays.setAll(scores, i -> 79 - i);
    BootstrapInterval interval = BootstrapInterval.of(scores);
    assertEquals(new BootstrapInterval(39.5, 2, 77), interval);
    assertEquals(37.5, interval.halfWidth());
  }

  @Test
  void nothingToDrawOrCompareIsRefused() {
    List<double[]> one = numbers(3, 1, 10);
    List<double[]> two = numbers(3, 2, 10);
    Metric mean = new Mean();
    assertThrows(InvalidInputException.class, () -> new PairedBootstrap(mean, 0, 1));
    assertThrows(InvalidInputException.class, () -> new Bootstrap(mean, 0, 1));
    assertThrows(
        InvalidInputException.class, () -> new PairedBootstrap(mean, 10, 1).compare(one, two));
    assertThrows(
        InvalidInputException.class,
        () -> new PairedBootstrap(mean, 10, 1).compare(List.of(), List.of()));
    assertThrows(InvalidInputException.class, () -> new Bootstrap(mean, 10, 1).interval(List.of()));
  }
}
