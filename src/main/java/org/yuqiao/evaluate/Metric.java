package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.evaluate.text.TerOptions;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

/**
 * A corpus metric computed from sentence counts, which are summed over the corpus or a bootstrap
 * sample.
 */
public interface Metric {
  /** The reproduced version of sacreBLEU, a field of every signature. */
  String SACREBLEU_VERSION = "2.6.0";

  /** The name used on the command line and in JSON. */
  String name();

  /** The signature in sacreBLEU's notation; scores with equal signatures are comparable. */
  String signature(int references);

  /** The signature of {@link #sentence}, whose options may differ. */
  default String sentenceSignature(int references) {
    return signature(references);
  }

  /** The counts of one sentence, against at least one reference. */
  double[] counts(String hypothesis, List<String> references);

  /** The score of summed counts, from 0 to 100 (TER: 0 and above, lower is better). */
  double score(double[] counts);

  /** The components of the score of summed counts by name, in a fixed order. */
  Map<String, Double> details(double[] counts);

  /** Whether a higher score is better. */
  default boolean higherIsBetter() {
    return true;
  }

  /**
   * The counts of all sentences.
   *
   * @param references one list of sentences for each reference translation
   * @throws InvalidInputException if there is no sentence, no reference, or not equally many
   */
  default List<double[]> allCounts(List<String> hypotheses, List<List<String>> references) {
    if (hypotheses.isEmpty()) {
      throw new InvalidInputException("there is no sentence to score");
    }
    if (references.isEmpty()) {
      throw new InvalidInputException(
          "there is no reference to score against; expected at least one");
    }
    for (List<String> reference : references) {
      if (reference.size() != hypotheses.size()) {
        throw new InvalidInputException(
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

  /**
   * The score of a corpus, without signature and details.
   *
   * @throws InvalidInputException as {@link #allCounts}
   */
  default double corpus(List<String> hypotheses, List<List<String>> references) {
    return score(sum(allCounts(hypotheses, references)));
  }

  /**
   * The score of a corpus with its signature and details.
   *
   * @throws InvalidInputException as {@link #allCounts}
   */
  default MetricScore measure(List<String> hypotheses, List<List<String>> references) {
    double[] counts = sum(allCounts(hypotheses, references));
    return new MetricScore(name(), score(counts), signature(references.size()), details(counts));
  }

  /**
   * The score of one sentence.
   *
   * @throws InvalidInputException if there is no reference
   */
  default double sentence(String hypothesis, List<String> references) {
    return corpus(List.of(hypothesis), references.stream().map(List::of).toList());
  }

  /** The element-wise sum of the counts of at least one sentence. */
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
   * Metrics by their names, separated by commas, with sacreBLEU's settings for translations into
   * {@code language}; TER of Chinese counts characters ({@code asian:yes}).
   *
   * @throws InvalidInputException for a name other than bleu, chrf, chrf++, ter
   */
  static List<Metric> of(String names, Language language) {
    return Arrays.stream(names.split(",", -1))
        .map(String::trim)
        .map(
            name ->
                switch (name) {
                  case "bleu" -> new Bleu(BleuTokenizer.of(language));
                  case "chrf" -> new Chrf();
                  case "chrf++" -> new Chrf(Chrf.PLUS_PLUS);
                  case "ter" -> new Ter(TerOptions.of(language));
                  default ->
                      throw new InvalidInputException(
                          "unknown metric '" + name + "'; expected bleu, chrf, chrf++ or ter");
                })
        .toList();
  }
}
