package org.yuqiao.decode.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.yuqiao.evaluate.alignment.AlignmentScores;
import org.yuqiao.evaluate.alignment.GoldAlignment;
import org.yuqiao.evaluate.alignment.WordLink;

/** The links of a {@link HeadAlignment} of all sentence pairs. */
final class AlignmentSums {
  private final List<Set<WordLink>> predicting = new ArrayList<>();
  private final List<Set<WordLink>> reading = new ArrayList<>();

  /** Adds a pair with its cross-attention {@code [T][S]}. */
  void add(float[][] weights, TokenWords source, TokenWords target) {
    predicting.add(WordLinks.of(weights, 0, source, target));
    reading.add(WordLinks.of(weights, 1, source, target));
  }

  HeadAlignment scores(int layer, OptionalInt head, List<GoldAlignment> gold) {
    return new HeadAlignment(
        layer, head, AlignmentScores.of(gold, predicting), AlignmentScores.of(gold, reading));
  }
}
