package org.yuqiao.corpus.batch;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.yuqiao.corpus.pair.Example;

/** The unigram baseline: the entropy of the targets' token frequencies, in nats per token. */
public final class UnigramEntropy {
  private final Map<Integer, Long> counts = new HashMap<>();
  private long total;

  /**
   * The unigram baseline of the target sides of {@code examples}.
   *
   * @param end the target at the end of each example; {@link LabeledBatch#NONE} for none
   */
  public static double of(Iterator<Example> examples, int end) {
    UnigramEntropy entropy = new UnigramEntropy();
    while (examples.hasNext()) {
      for (int id : examples.next().target()) {
        entropy.add(id);
      }
      entropy.add(end);
    }
    return entropy.nats();
  }

  private void add(int id) {
    if (id != LabeledBatch.NONE) {
      counts.merge(id, 1L, Long::sum);
      total++;
    }
  }

  /** -sum p ln p. */
  private double nats() {
    double sum = 0;
    for (long count : counts.values()) {
      double p = (double) count / total;
      sum -= p * Math.log(p);
    }
    return sum;
  }
}
