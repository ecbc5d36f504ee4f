package org.yuqiao.spark;

import java.util.Iterator;
import java.util.Optional;
import org.yuqiao.corpus.clean.Cleaning;
import org.yuqiao.corpus.clean.HeldOutSentences;
import scala.Tuple2;

/** The steps that compare the pairs of a shard with others: earlier ones, then held-out ones. */
final class PairComparison {
  private final Iterator<Tuple2<Long, Boolean>> repeated;
  private final HeldOutSentences heldOut;
  private long nextRepeated;

  /**
   * Compares the pairs of one shard.
   *
   * @param repeated the indexes of pairs that occurred before, in order
   */
  PairComparison(Iterator<Tuple2<Long, Boolean>> repeated, HeldOutSentences heldOut) {
    this.repeated = repeated;
    this.heldOut = heldOut;
    advance();
  }

  private void advance() {
    nextRepeated = repeated.hasNext() ? repeated.next()._1() : -1;
  }

  /** The final judgment of a pair; pairs come in the order of their indexes. */
  Optional<JudgedPair> of(Tuple2<Long, byte[]> indexed) {
    JudgedPair pair = JudgedPair.of(indexed._2());
    if (!pair.outcome().kept()) {
      return Optional.of(pair);
    }
    Cleaning.Outcome outcome;
    if (indexed._1() == nextRepeated) {
      advance();
      outcome = Cleaning.Outcome.duplicate(pair.outcome().pair());
    } else {
      outcome = heldOut.apply(pair.outcome().pair());
    }
    return Optional.of(new JudgedPair(outcome, pair.changed()));
  }
}
