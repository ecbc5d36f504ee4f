package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** F1, precision, recall and accuracy of predicted labels, in percent. */
public final class LabelScores {
  private LabelScores() {}

  /** True positives, false positives and false negatives. */
  private static final class Counts {
    private long truePositives;
    private long falsePositives;
    private long falseNegatives;

    double precision() {
      return share(truePositives, truePositives + falsePositives);
    }

    double recall() {
      return share(truePositives, truePositives + falseNegatives);
    }

    /** 2 P R / (P + R) = 2 TP / (2 TP + FP + FN). */
    double f1() {
      return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
    }
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  /**
   * F1, precision and recall of spans over all sentences, and the accuracy of the labels. A
   * predicted span is correct if its borders and its type match.
   *
   * @param expected the reference labels of each sentence
   * @param predicted the predicted labels, equally many
   */
  public static Map<String, Double> ofTokens(
      List<List<String>> expected, List<List<String>> predicted) {
    Set<String> known = new HashSet<>();
    expected.forEach(known::addAll);
    boolean scheme = Spans.haveScheme(known);
    Counts counts = new Counts();
    List<String> allExpected = new ArrayList<>();
    List<String> allPredicted = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      allExpected.addAll(expected.get(i));
      allPredicted.addAll(predicted.get(i));
      Set<Spans.Span> expectedSpans = new HashSet<>(Spans.of(expected.get(i), scheme));
      List<Spans.Span> predictedSpans = Spans.of(predicted.get(i), scheme);
      long truePositives = predictedSpans.stream().filter(expectedSpans::contains).count();
      counts.truePositives += truePositives;
      counts.falsePositives += predictedSpans.size() - truePositives;
      counts.falseNegatives += expectedSpans.size() - truePositives;
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("f1", counts.f1());
    scores.put("precision", counts.precision());
    scores.put("recall", counts.recall());
    scores.put("accuracy", accuracy(allExpected, allPredicted));
    return scores;
  }

  /** Accuracy, and macro F1 over all classes that occur as reference or prediction. */
  public static Map<String, Double> ofSentences(List<String> expected, List<String> predicted) {
    Map<String, Counts> classes = new TreeMap<>();
    for (int i = 0; i < expected.size(); i++) {
      Counts expectedClass = classes.computeIfAbsent(expected.get(i), key -> new Counts());
      Counts predictedClass = classes.computeIfAbsent(predicted.get(i), key -> new Counts());
      if (expectedClass == predictedClass) {
        expectedClass.truePositives++;
      } else {
        expectedClass.falseNegatives++;
        predictedClass.falsePositives++;
      }
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("accuracy", accuracy(expected, predicted));
    scores.put("macro-f1", classes.values().stream().mapToDouble(Counts::f1).average().orElse(0));
    return scores;
  }

  private static double accuracy(List<String> expected, List<String> predicted) {
    long correct = 0;
    for (int i = 0; i < expected.size(); i++) {
      correct += expected.get(i).equals(predicted.get(i)) ? 1 : 0;
    }
    return share(correct, expected.size());
  }
}
