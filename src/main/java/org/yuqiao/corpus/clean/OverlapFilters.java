package org.yuqiao.corpus.clean;

import java.util.List;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

/** Filters that compare a pair with other pairs: earlier ones, or those of held-out corpora. */
final class OverlapFilters {
  private OverlapFilters() {}

  /**
   * Drops pairs that this instance has seen before, character by character; where DataVec runs
   * several instances, each knows its own pairs only.
   */
  static final class DuplicatePair extends PairFilter {
    private static final long serialVersionUID = 1L;

    private final transient HashedSet seen = new HashedSet();

    @Override
    public String name() {
      return "duplicate-pair";
    }

    @Override
    Optional<String> objection(String chinese, String english) {
      return seen.add(chinese + "\t" + english)
          ? Optional.empty()
          : Optional.of("the same pair stood before");
    }
  }

  /** Drops training pairs with a side that is in a held-out corpus (validation or test). */
  static final class HeldOutOverlap extends HeldOutFilter {
    private static final long serialVersionUID = 1L;

    private final transient HashedSet sentences = new HashedSet();

    /** Reads the held-out corpora. */
    HeldOutOverlap(
        @JsonProperty("heldOut") List<String> heldOut, @JsonProperty("simplify") boolean simplify) {
      super(heldOut, simplify);
      TextNormalizer chinese = normalizer(Language.ZH);
      TextNormalizer english = normalizer(Language.EN);
      forEachHeldOut(
          pair -> {
            sentences.add(chinese.apply(pair.chinese()));
            sentences.add(english.apply(pair.english()));
          });
    }

    @Override
    public String name() {
      return "held-out-overlap";
    }

    @Override
    Optional<String> objection(String chinese, String english) {
      if (sentences.contains(chinese)) {
        return Optional.of("the Chinese side stands in a held-out corpus");
      }
      return sentences.contains(english)
          ? Optional.of("the English side stands in a held-out corpus")
          : Optional.empty();
    }
  }
}
