package org.yuqiao.train;

import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.corpus.batch.Masking;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.model.OneStackModel;

/** Collates sequences and labels for a model with one stack. */
public final class LabelCollator implements Collator {
  private final Labeling labeling;

  /** Makes a padded batch of examples. */
  @FunctionalInterface
  private interface Labeling {
    LabeledBatch of(List<Example> examples, SplittableRandom random);
  }

  private LabelCollator(Labeling labeling) {
    this.labeling = labeling;
  }

  /** For language models: each token's label is the next token. */
  public static LabelCollator nextTokens() {
    return new LabelCollator((examples, random) -> LabeledBatch.nextTokens(examples));
  }

  /** For one label per token. */
  public static LabelCollator tokenLabels() {
    return new LabelCollator((examples, random) -> LabeledBatch.tokenLabels(examples));
  }

  /** For one label per sentence. */
  public static LabelCollator sentenceLabels() {
    return new LabelCollator((examples, random) -> LabeledBatch.sentenceLabels(examples));
  }

  /** For predicting masked tokens, which are drawn anew for each batch. */
  public static LabelCollator masked(Masking masking) {
    return new LabelCollator(masking::of);
  }

  @Override
  public CollatedBatch of(List<Example> examples, SplittableRandom random) {
    LabeledBatch batch = labeling.of(examples, random);
    int b = batch.sentences();
    int t = batch.length();
    Inputs inputs =
        new Inputs()
            .ints(OneStackModel.TOKENS, batch.tokens(), b, t)
            .floats(OneStackModel.MASK, batch.mask(), b, t)
            .ints(OneStackModel.LABELS, batch.labels(), b, t)
            .floats(OneStackModel.LABEL_MASK, batch.labelMask(), b, t);
    return new CollatedBatch(inputs, batch.tokenCount(), batch.labelCount());
  }
}
