package org.yuqiao.train;

import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.backend.Feeds;
import org.yuqiao.corpus.Batch;
import org.yuqiao.corpus.EncodedPair;
import org.yuqiao.model.EncoderDecoder;

/** Pairs as a model that translates reads them. */
public final class TranslationFeeding implements Feeding {
  @Override
  public Fed of(List<EncodedPair> examples, SplittableRandom random) {
    Batch batch = Batch.of(examples);
    int b = batch.sentences();
    int s = batch.sourceLength();
    int t = batch.targetLength();
    Feeds feeds =
        new Feeds()
            .ints(EncoderDecoder.SOURCE, batch.source(), b, s)
            .floats(EncoderDecoder.SOURCE_MASK, batch.sourceMask(), b, s)
            .ints(EncoderDecoder.TARGET_IN, batch.targetIn(), b, t)
            .ints(EncoderDecoder.TARGET_OUT, batch.targetOut(), b, t)
            .floats(EncoderDecoder.TARGET_MASK, batch.targetMask(), b, t);
    return new Fed(feeds, batch.sourceTokens(), batch.targetTokens());
  }
}
