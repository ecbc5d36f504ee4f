package org.yuqiao.corpus.clean;

import java.util.List;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.yuqiao.corpus.pair.SentencePair;

/** Filters that compare a pair with other pairs: earlier ones, or those of held-out corpora. */
final class OverlapFilters {
  private OverlapFilters() {}

  /**
   * Drops pairs that this instance has seen before, character by character; where DataVec runs
   * several instances, each knows its own pairs only.
   */
  static final class DuplicatePair extends PairFilter {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "duplicate-pair";
    private static final String REASON = "the same pair stood before";

    private final transient HashedSet seen = new HashedSet();

    @Override
    public String name() {
      return NAME;
    }

    @Override
    Optional<String> objection(String chinese, String english) {
      return seen.add(chinese + "\t" + english) ? Optional.empty() : Optional.of(REASON);
    }

    /** The result for a pair that was found to occur before. */
    static Cleaning.Outcome repeated(SentencePair pair) {
      return new Cleaning.Outcome(pair, NAME, REASON);
    }
  }

  /** Drops training pairs with a side that is in a held-out corpus (validation or test). */
  static final class HeldOutOverlap extends HeldOutFilter {
    private static final long serialVersionUID = 1L;

    private final transient HeldOutSentences sentences;

    /** Reads the held-out corpora. */
    HeldOutOverlap(
        @JsonProperty("heldOut") List<String> heldOut, @JsonProperty("simplify") boolean simplify) {
      super(heldOut, simplify);
      this.sentences = HeldOutSentences.read(heldOut, simplify);
    }

    @Override
    public String name() {
      return HeldOutSentences.STEP;
    }

    @Override
    Optional<String> objection(String chinese, String english) {
      return sentences.objection(chinese, english);
    }
  }
}
