package org.yuqiao.train;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.corpus.batch.Batch;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.model.EncoderDecoder;

/** Collates sentence pairs for a translation model. */
public final class TranslationCollator implements Collator {
  private final Optional<InputNoise> noise;

  /** Pairs as they are. */
  public TranslationCollator() {
    this.noise = Optional.empty();
  }

  /** Pairs with noise on what is read. */
  public TranslationCollator(InputNoise noise) {
    this.noise = Optional.of(noise);
  }

  @Override
  public CollatedBatch of(List<Example> examples, SplittableRandom random) {
    Batch batch = Batch.of(noise.map(kind -> kind.resegment(examples, random)).orElse(examples));
    int b = batch.sentences();
    int s = batch.sourceLength();
    int t = batch.targetLength();
    Inputs inputs =
        new Inputs()
            .ints(EncoderDecoder.SOURCE, read(batch.source(), random), b, s)
            .floats(EncoderDecoder.SOURCE_MASK, batch.sourceMask(), b, s)
            .ints(EncoderDecoder.TARGET_IN, read(batch.targetIn(), random), b, t)
            .ints(EncoderDecoder.TARGET_OUT, batch.targetOut(), b, t)
            .floats(EncoderDecoder.TARGET_MASK, batch.targetMask(), b, t);
    return new CollatedBatch(inputs, batch.sourceTokens(), batch.targetTokens());
  }

  private int[] read(int[] ids, SplittableRandom random) {
    return noise.map(kind -> kind.drop(ids, random)).orElse(ids);
  }
}
