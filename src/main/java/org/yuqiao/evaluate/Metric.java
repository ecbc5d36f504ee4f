package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.yuqiao.files.BadInput;
import org.yuqiao.text.Language;

/**
 * A corpus metric that is a function of counts summed over sentences, so that it can be computed
 * for any selection of them (as the bootstrap needs).
 */
public interface Metric {
  /** The version of sacreBLEU whose figures are reproduced; it stands in every signature. */
  String SACREBLEU_VERSION = "2.6.0";

  /** The name used on the command line and in JSON. */
  String name();

  /** What was computed, in sacreBLEU's notation, so that figures can be compared. */
  String signature(int references);

  /** The counts of one sentence, given its references. */
  double[] counts(String hypothesis, List<String> references);

  /** The score of summed counts, from 0 to 100 (TER: from 0 up, less is better). */
  double score(double[] counts);

  /** Whether a greater score is better. */
  default boolean greaterIsBetter() {
    return true;
  }

  /**
   * The counts of all sentences.
   *
   * @param references one list of sentences for each reference translation
   * @throws BadInput when there are no sentences, or not equally many
   */
  default List<double[]> allCounts(List<String> hypotheses, List<List<String>> references) {
    if (hypotheses.isEmpty()) {
      throw new BadInput("there is no sentence to score");
    }
    for (List<String> reference : references) {
      if (reference.size() != hypotheses.size()) {
        throw new BadInput(
            "there are "
                + hypotheses.size()
                + " translations but "
                + reference.size()
                + " references; expected one a line in both");
      }
    }
    List<double[]> counts = new ArrayList<>();
    for (int i = 0; i < hypotheses.size(); i++) {
      int sentence = i;
      counts.add(counts(hypotheses.get(i), references.stream().map(r -> r.get(sentence)).toList()));
    }
    return counts;
  }

  /** The score of a corpus. */
  default double corpus(List<String> hypotheses, List<List<String>> references) {
    return score(sum(allCounts(hypotheses, references)));
  }

  /** The element-wise sum. */
  static double[] sum(List<double[]> counts) {
    double[] total = new double[counts.get(0).length];
    for (double[] sentence : counts) {
      for (int i = 0; i < total.length; i++) {
        total[i] += sentence[i];
      }
    }
    return total;
  }

  /**
   * Metrics by their names, fit for translations into {@code language}.
   *
   * @throws BadInput for a name other than bleu, chrf, ter
   */
  static List<Metric> of(String names, Language language) {
    return Arrays.stream(names.split(","))
        .map(String::trim)
        .map(
            name ->
                switch (name) {
                  case "bleu" -> new Bleu(BleuTokenizer.of(language));
                  case "chrf" -> new Chrf();
                  case "ter" -> new Ter();
                  default ->
                      throw new BadInput(
                          "unknown metric '" + name + "'; expected bleu, chrf or ter");
                })
        .toList();
  }
}
