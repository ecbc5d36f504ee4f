package org.yuqiao.decode.step;

import java.util.function.Consumer;
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

  /**
   * A copy with float32 weights, also of an int8 model, which {@code change} has changed.
   *
   * @param change sets values of the copied parameters
   */
  public WeightedModel changed(Consumer<ParameterBuffer> change) {
    ParameterBuffer trained = weights.parameters();
    ParameterBuffer copy = trained.zerosLike();
    copy.flat().assign(trained.flat());
    change.accept(copy);
    return of(model, copy);
  }
}
