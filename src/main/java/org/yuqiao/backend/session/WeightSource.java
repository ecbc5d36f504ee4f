package org.yuqiao.backend.session;

import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;

/** Reads the weights of a model for inference. */
interface WeightSource {
  /** The floating-point type. */
  DataType type();

  /** The shape of the weight {@code name}. */
  long[] shape(String name);

  /** A weight that stays in memory. */
  Tensor tensor(String name);

  /** A copy of a weight as float32, row-major. */
  float[] floats(String name);

  /** Applies {@code reader} to a weight that need not stay in memory afterwards. */
  <T> T read(String name, Function<Tensor, T> reader);

  /** The int8 values of a weight that is stored quantized. */
  Optional<QuantizedTensor> quantized(String name);

  /** All weights in memory, one behind the other. */
  ParameterBuffer buffer();

  /** Weights in memory, which may change. */
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
      public float[] floats(String name) {
        return parameters.view(name).dup('c').data().asFloat();
      }

      @Override
      public <T> T read(String name, Function<Tensor, T> reader) {
        return reader.apply(parameters.tensor(name));
      }

      @Override
      public Optional<QuantizedTensor> quantized(String name) {
        return Optional.empty();
      }

      @Override
      public ParameterBuffer buffer() {
        return parameters;
      }
    };
  }
}
