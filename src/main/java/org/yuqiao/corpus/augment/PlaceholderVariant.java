package org.yuqiao.corpus.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.text.Language;
import org.yuqiao.text.Placeholders;
import org.yuqiao.text.protect.ProtectedText;

/**
 * Makes variants of pairs with placeholders for the protected spans that both sides have. The
 * placeholders are drawn, so that all are learned.
 */
final class PlaceholderVariant {
  private final Language source;
  private final SplittableRandom random;

  /** Variants for a model that translates from {@code source}. */
  PlaceholderVariant(Language source, long seed) {
    this.source = source;
    this.random = new SplittableRandom(~seed);
  }

  /** The variant of {@code pair}; empty when the sides have no span in common. */
  Optional<SentencePair> of(SentencePair pair) {
    List<String> sides = ProtectedText.aligned(pair.chinese(), pair.english(), source, shuffled());
    return sides.isEmpty()
        ? Optional.empty()
        : Optional.of(new SentencePair(sides.get(0), sides.get(1), pair.origin()));
  }

  private List<String> shuffled() {
    List<String> placeholders = new ArrayList<>(Placeholders.all());
    for (int i = placeholders.size() - 1; i > 0; i--) {
      placeholders.set(i, placeholders.set(random.nextInt(i + 1), placeholders.get(i)));
    }
    return placeholders;
  }
}
