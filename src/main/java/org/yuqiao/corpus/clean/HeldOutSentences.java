package org.yuqiao.corpus.clean;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

/** The normalized sentences of held-out corpora (validation or test), as hashes. */
public final class HeldOutSentences implements Serializable {
  /** The name of the step that compares with them. */
  static final String STEP = "held-out-overlap";

  private static final long serialVersionUID = 1L;

  private final HashedSet sentences = new HashedSet();

  private HeldOutSentences() {}

  /** Reads both sides of the pairs of {@code corpora}. */
  public static HeldOutSentences read(List<String> corpora, boolean simplify) {
    TextNormalizer chinese = TextNormalizer.of(Language.ZH, simplify);
    TextNormalizer english = TextNormalizer.of(Language.EN, simplify);
    HeldOutSentences read = new HeldOutSentences();
    for (String corpus : corpora) {
      new CorpusFiles(corpus)
          .forEach(
              pair -> {
                read.sentences.add(chinese.apply(pair.chinese()));
                read.sentences.add(english.apply(pair.english()));
              });
    }
    return read;
  }

  /** The result for a normalized pair: dropped when one of its sides is held out. */
  public Cleaning.Outcome apply(SentencePair pair) {
    return objection(pair.chinese(), pair.english())
        .map(reason -> new Cleaning.Outcome(pair, STEP, reason))
        .orElseGet(() -> Cleaning.Outcome.kept(pair));
  }

  Optional<String> objection(String chinese, String english) {
    if (sentences.contains(chinese)) {
      return Optional.of("the Chinese side stands in a held-out corpus");
    }
    return sentences.contains(english)
        ? Optional.of("the English side stands in a held-out corpus")
        : Optional.empty();
  }
}
