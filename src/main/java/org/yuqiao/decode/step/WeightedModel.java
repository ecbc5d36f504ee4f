package org.yuqiao.decode.step;

import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.TensorFile;
import org.yuqiao.model.EncoderDecoder;

/** A translation model with its weights, which translators and their threads may share. */
public record WeightedModel(EncoderDecoder model, InferenceWeights weights) {
  /** A model with the weights in {@code parameters}. */
  public static WeightedModel of(EncoderDecoder model, ParameterBuffer parameters) {
    return new WeightedModel(model, new InferenceWeights(parameters));
  }

  /** A model with the weights in {@code file}, read on first use. */
  public static WeightedModel of(EncoderDecoder model, TensorFile file) {
    return new WeightedModel(model, InferenceWeights.of(file));
  }
}
