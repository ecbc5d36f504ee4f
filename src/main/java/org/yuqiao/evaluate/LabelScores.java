package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Accuracy and F1 of predicted labels, in percent. */
public final class LabelScores {
  private LabelScores() {}

  /** Right ones, wrong ones, and those not found. */
  private static final class Counts {
    private long right;
    private long wrong;
    private long missed;

    double precision() {
      return share(right, right + wrong);
    }

    double recall() {
      return share(right, right + missed);
    }

    /** 2 P R / (P + R) = 2 right / (2 right + wrong + missed). */
    double f1() {
      return share(2 * right, 2 * right + wrong + missed);
    }
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  /**
   * F1, precision and recall of spans over all sentences, and the accuracy of the labels. A span is
   * right when its borders and its type are.
   *
   * @param expected the labels of each sentence
   * @param found as many for each
   */
  public static Map<String, Double> ofTokens(
      List<List<String>> expected, List<List<String>> found) {
    Set<String> known = new HashSet<>();
    expected.forEach(known::addAll);
    boolean places = Spans.arePlaces(known);
    Counts counts = new Counts();
    List<String> allExpected = new ArrayList<>();
    List<String> allFound = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      allExpected.addAll(expected.get(i));
      allFound.addAll(found.get(i));
      Set<Spans.Span> wanted = new HashSet<>(Spans.of(expected.get(i), places));
      List<Spans.Span> got = Spans.of(found.get(i), places);
      long right = got.stream().filter(wanted::contains).count();
      counts.right += right;
      counts.wrong += got.size() - right;
      counts.missed += wanted.size() - right;
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("f1", counts.f1());
    scores.put("precision", counts.precision());
    scores.put("recall", counts.recall());
    scores.put("accuracy", accuracy(allExpected, allFound));
    return scores;
  }

  /** Accuracy, and the mean of the F1 of all classes that are expected or found. */
  public static Map<String, Double> ofSentences(List<String> expected, List<String> found) {
    Map<String, Counts> classes = new TreeMap<>();
    for (int i = 0; i < expected.size(); i++) {
      Counts wanted = classes.computeIfAbsent(expected.get(i), key -> new Counts());
      Counts got = classes.computeIfAbsent(found.get(i), key -> new Counts());
      if (wanted == got) {
        wanted.right++;
      } else {
        wanted.missed++;
        got.wrong++;
      }
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("accuracy", accuracy(expected, found));
    scores.put("macro-f1", classes.values().stream().mapToDouble(Counts::f1).average().orElse(0));
    return scores;
  }

  private static double accuracy(List<String> expected, List<String> found) {
    long right = 0;
    for (int i = 0; i < expected.size(); i++) {
      right += expected.get(i).equals(found.get(i)) ? 1 : 0;
    }
    return share(right, expected.size());
  }
}
