package org.yuqiao.corpus.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * Drops pairs both of whose sides are similar to those of one kept pair, and pairs whose Chinese
 * side is similar to a held-out sentence, by edit distance.
 */
final class NearDuplicate extends HeldOutFilter {
  private static final long serialVersionUID = 1L;

  private final double share;
  private final transient SimilarTexts heldOutSentences;
  private final transient SimilarTexts chineseSides;
  private final transient List<String> englishSides = new ArrayList<>();

  /** Reads the held-out corpora. */
  NearDuplicate(
      @JsonProperty("share") double share,
      @JsonProperty("heldOut") List<String> heldOut,
      @JsonProperty("simplify") boolean simplify) {
    super(heldOut, simplify);
    this.share = share;
    this.chineseSides = new SimilarTexts(share);
    this.heldOutSentences = new SimilarTexts(share);
    TextNormalizer chinese = normalizer(Language.ZH);
    forEachHeldOut(pair -> heldOutSentences.add(chinese.apply(pair.chinese())));
  }

  /** The share of characters by which similar texts may differ. */
  @JsonProperty("share")
  double share() {
    return share;
  }

  @Override
  public String name() {
    return "near-duplicate";
  }

  @Override
  Optional<String> objection(String chinese, String english) {
    OptionalInt held = heldOutSentences.anySimilarTo(chinese);
    if (held.isPresent()) {
      return Optional.of(
          "similar to " + heldOutSentences.text(held.getAsInt()) + " in a held-out corpus");
    }
    for (int earlier : chineseSides.similarTo(chinese)) {
      if (chineseSides.similar(english, englishSides.get(earlier))) {
        return Optional.of(
            "similar to " + chineseSides.text(earlier) + " / " + englishSides.get(earlier));
      }
    }
    chineseSides.add(chinese);
    englishSides.add(english);
    return Optional.empty();
  }
}
