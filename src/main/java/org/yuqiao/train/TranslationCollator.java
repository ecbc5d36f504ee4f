package org.yuqiao.train;

import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.corpus.batch.Batch;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.model.EncoderDecoder;

/** Pairs as a model that translates reads them. */
public final class TranslationCollator implements Collator {
  @Override
  public CollatedBatch of(List<Example> examples, SplittableRandom random) {
    Batch batch = Batch.of(examples);
    int b = batch.sentences();
    int s = batch.sourceLength();
    int t = batch.targetLength();
    Inputs inputs =
        new Inputs()
            .ints(EncoderDecoder.SOURCE, batch.source(), b, s)
            .floats(EncoderDecoder.SOURCE_MASK, batch.sourceMask(), b, s)
            .ints(EncoderDecoder.TARGET_IN, batch.targetIn(), b, t)
            .ints(EncoderDecoder.TARGET_OUT, batch.targetOut(), b, t)
            .floats(EncoderDecoder.TARGET_MASK, batch.targetMask(), b, t);
    return new CollatedBatch(inputs, batch.sourceTokens(), batch.targetTokens());
  }
}
