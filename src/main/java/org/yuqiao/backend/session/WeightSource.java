package org.yuqiao.backend.session;

import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;

/** Where the weights of a model that translates come from. */
interface WeightSource {
  /** The type of floats. */
  DataType type();

  /** The shape of a weight. */
  long[] shape(String name);

  /** A weight that kernels read at any time. */
  Tensor tensor(String name);

  /** What {@code reader} makes of a weight, which may be gone after it. */
  <T> T read(String name, Function<Tensor, T> reader);

  /** The integers of a weight that is stored as such. */
  Optional<QuantizedTensor> integers(String name);

  /** All weights side by side in memory. */
  ParameterBuffer buffer();

  /** Weights that are in memory and may change. */
  static WeightSource of(ParameterBuffer parameters) {
    return new WeightSource() {
      @Override
      public DataType type() {
        return parameters.flat().dataType();
      }

      @Override
      public long[] shape(String name) {
        return parameters.shape(name);
      }

      @Override
      public Tensor tensor(String name) {
        return parameters.tensor(name);
      }

      @Override
      public <T> T read(String name, Function<Tensor, T> reader) {
        return reader.apply(parameters.tensor(name));
      }

      @Override
      public Optional<QuantizedTensor> integers(String name) {
        return Optional.empty();
      }

      @Override
      public ParameterBuffer buffer() {
        return parameters;
      }
    };
  }
}
