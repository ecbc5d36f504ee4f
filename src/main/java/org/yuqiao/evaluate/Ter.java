package org.yuqiao.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.evaluate.text.PhraseShifts;
import org.yuqiao.evaluate.text.TerOptions;
import org.yuqiao.evaluate.text.TercomTokenizer;

/**
 * Translation edit rate (Snover et al. 2006): insertions, deletions, substitutions and shifts of
 * phrases per word of the reference, as sacreBLEU and Tercom count them. Counts: edits, mean
 * reference length.
 */
public final class Ter implements Metric {
  private final TerOptions options;
  private final TercomTokenizer tokenizer;

  /** TER with sacreBLEU's default options. */
  public Ter() {
    this(TerOptions.DEFAULT);
  }

  /** TER with other options. */
  public Ter(TerOptions options) {
    this.options = options;
    this.tokenizer = new TercomTokenizer(options);
  }

  @Override
  public String name() {
    return "ter";
  }

  @Override
  public String signature(int references) {
    return "nrefs:" + references + "|" + options.signature() + "|version:" + SACREBLEU_VERSION;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  /** The minimum of edits over the references, and the references' mean length. */
  @Override
  public double[] counts(String hypothesis, List<String> references) {
    List<String> words = tokenizer.cut(hypothesis);
    int edits = Integer.MAX_VALUE;
    double length = 0;
    for (String reference : references) {
      List<String> expected = tokenizedTwice(reference);
      edits = Math.min(edits, PhraseShifts.edits(words, expected));
      length += expected.size();
    }
    return new double[] {edits, length / references.size()};
  }

  /**
   * sacreBLEU tokenizes references twice, hypotheses once. With normalization the result differs:
   * "Mary's." is "mary's ." after one tokenization and "mary 's ." after two.
   */
  private List<String> tokenizedTwice(String reference) {
    return tokenizer.cut(String.join(" ", tokenizer.cut(reference)));
  }

  @Override
  public double score(double[] counts) {
    if (counts[1] == 0) {
      return counts[0] > 0 ? 100 : 0;
    }
    return 100 * counts[0] / counts[1];
  }

  @Override
  public Map<String, Double> details(double[] counts) {
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("edits", counts[0]);
    details.put("referenceLength", counts[1]);
    return details;
  }
}
