package org.yuqiao.train;

import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;

/** A Transformer that trains in a second: V=20, D=32, F=64, H=4, one layer a side. */
final class SmallModel {
  static final int VOCABULARY = 20;
  static final EncoderDecoder.Vocabularies VOCABULARIES =
      new EncoderDecoder.Vocabularies(VOCABULARY, VOCABULARY, false);

  private SmallModel() {}

  static EncoderDecoder withDropout(double dropout) {
    ModelSettings settings =
        ModelSettings.builder()
            .hiddenSize(32)
            .feedForwardSize(64)
            .heads(4)
            .layers(1)
            .dropout(dropout)
            .maxPositions(16)
            .build();
    return new EncoderDecoder(settings, VOCABULARIES, DataType.FLOAT);
  }
}
