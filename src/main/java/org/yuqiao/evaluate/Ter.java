package org.yuqiao.evaluate;

import java.util.List;
import java.util.Locale;

/**
 * Translation edit rate (Snover et al. 2006): insertions, deletions, substitutions and shifts of
 * phrases per word of the reference, in lower case, as sacreBLEU and Tercom count them. Counts:
 * edits, mean reference length.
 */
public final class Ter implements Metric {
  @Override
  public String name() {
    return "ter";
  }

  @Override
  public String signature(int references) {
    return "nrefs:"
        + references
        + "|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:"
        + SACREBLEU_VERSION;
  }

  @Override
  public boolean greaterIsBetter() {
    return false;
  }

  @Override
  public double[] counts(String hypothesis, List<String> references) {
    List<String> words = words(hypothesis);
    int edits = Integer.MAX_VALUE;
    double length = 0;
    for (String reference : references) {
      List<String> expected = words(reference);
      edits = Math.min(edits, new PhraseShifts(expected).edits(words));
      length += expected.size();
    }
    return new double[] {edits, length / references.size()};
  }

  private static List<String> words(String sentence) {
    return WhiteSpace.split(sentence.toLowerCase(Locale.ROOT));
  }

  @Override
  public double score(double[] counts) {
    if (counts[1] == 0) {
      return counts[0] > 0 ? 100 : 0;
    }
    return 100 * counts[0] / counts[1];
  }
}
