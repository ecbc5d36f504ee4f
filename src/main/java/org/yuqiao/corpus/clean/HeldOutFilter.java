package org.yuqiao.corpus.clean;

import java.util.List;
import java.util.function.Consumer;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

/** A filter that compares training pairs with those of held-out corpora (validation or test). */
abstract class HeldOutFilter extends PairFilter {
  private static final long serialVersionUID = 1L;

  private final List<String> heldOut;
  private final boolean simplify;

  HeldOutFilter(List<String> heldOut, boolean simplify) {
    this.heldOut = List.copyOf(heldOut);
    this.simplify = simplify;
  }

  /** Reads the held-out corpora once and passes on their pairs, not normalized. */
  final void forEachHeldOut(Consumer<SentencePair> pairs) {
    heldOut.forEach(name -> new CorpusFiles(name).forEach(pairs));
  }

  /** The normalizer of one side of the training pairs. */
  final TextNormalizer normalizer(Language side) {
    return TextNormalizer.of(side, simplify);
  }

  /** The names of the held-out corpora. */
  @JsonProperty("heldOut")
  final List<String> heldOut() {
    return heldOut;
  }

  /** Whether they are simplified before comparing. */
  @JsonProperty("simplify")
  final boolean simplify() {
    return simplify;
  }
}
