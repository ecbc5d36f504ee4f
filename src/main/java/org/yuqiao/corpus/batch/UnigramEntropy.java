package org.yuqiao.corpus.batch;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.yuqiao.corpus.pair.Example;

/**
 * What a model would reach that knows how frequent everything is and nothing else: the entropy of
 * what is to be predicted, in nats.
 */
public final class UnigramEntropy {
  private final Map<Integer, Long> counts = new HashMap<>();
  private long total;

  /**
   * Counts what is to be predicted in all examples.
   *
   * @param end what is predicted at the end of each; {@link LabeledBatch#NONE} for nothing
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
