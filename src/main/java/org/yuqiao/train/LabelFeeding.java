package org.yuqiao.train;

import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.backend.Feeds;
import org.yuqiao.corpus.EncodedPair;
import org.yuqiao.corpus.LabelledBatch;
import org.yuqiao.corpus.Masking;
import org.yuqiao.model.OneStackModel;

/** Sequences and labels as a model of one stack reads them. */
public final class LabelFeeding implements Feeding {
  private final Labelling labelling;

  /** How examples become labelled tokens. */
  @FunctionalInterface
  private interface Labelling {
    LabelledBatch of(List<EncodedPair> examples, SplittableRandom random);
  }

  private LabelFeeding(Labelling labelling) {
    this.labelling = labelling;
  }

  /** For a language model. */
  public static LabelFeeding nextTokens() {
    return new LabelFeeding((examples, random) -> LabelledBatch.nextTokens(examples));
  }

  /** For one label a token. */
  public static LabelFeeding tokenLabels() {
    return new LabelFeeding((examples, random) -> LabelledBatch.tokenLabels(examples));
  }

  /** For one label a sentence. */
  public static LabelFeeding sentenceLabels() {
    return new LabelFeeding((examples, random) -> LabelledBatch.sentenceLabels(examples));
  }

  /** For telling masked tokens; which ones is drawn anew each time. */
  public static LabelFeeding masked(Masking masking) {
    return new LabelFeeding(masking::of);
  }

  @Override
  public Fed of(List<EncodedPair> examples, SplittableRandom random) {
    LabelledBatch batch = labelling.of(examples, random);
    int b = batch.sentences();
    int t = batch.length();
    Feeds feeds =
        new Feeds()
            .ints(OneStackModel.TOKENS, batch.tokens(), b, t)
            .floats(OneStackModel.MASK, batch.mask(), b, t)
            .ints(OneStackModel.LABELS, batch.labels(), b, t)
            .floats(OneStackModel.LABEL_MASK, batch.labelMask(), b, t);
    return new Fed(feeds, batch.tokenCount(), batch.labelCount());
  }
}
