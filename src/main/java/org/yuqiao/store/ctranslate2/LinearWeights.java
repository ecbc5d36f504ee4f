package org.yuqiao.store.ctranslate2;

import java.util.function.Supplier;
import org.yuqiao.files.NamedTensors;

/** The matrices of a model as CTranslate2 multiplies with them: one row for each output. */
final class LinearWeights {
  private static final float MAX_INT8 = 127;

  private final NamedTensors tensors;

  LinearWeights(NamedTensors tensors) {
    this.tensors = tensors;
  }

  /** The number of inputs of a projection {@code [in, out]}. */
  int inputs(String projection) {
    return (int) tensors.shape(projection + ".weight")[0];
  }

  /** The outputs of all projections. */
  int outputs(String... projections) {
    int outputs = 0;
    for (String projection : projections) {
      outputs += (int) tensors.shape(projection + ".weight")[1];
    }
    return outputs;
  }

  /** Projections of the same input as one matrix {@code [sum of out, in]}. */
  Supplier<float[]> weights(String... projections) {
    return () -> {
      int inputs = inputs(projections[0]);
      float[] rows = new float[outputs(projections) * inputs];
      int first = 0;
      for (String projection : projections) {
        float[] values = tensors.floats(projection + ".weight");
        int outputs = outputs(projection);
        for (int in = 0; in < inputs; in++) {
          for (int out = 0; out < outputs; out++) {
            rows[(first + out) * inputs + in] = values[in * outputs + out];
          }
        }
        first += outputs;
      }
      return rows;
    };
  }

  /** The biases of projections one after the other. */
  Supplier<float[]> biases(String... projections) {
    return () -> {
      float[] all = new float[outputs(projections)];
      int at = 0;
      for (String projection : projections) {
        float[] bias = tensors.floats(projection + ".bias");
        System.arraycopy(bias, 0, all, at, bias.length);
        at += bias.length;
      }
      return all;
    };
  }

  /** The scale of each row: 127 / max|w|, by which int8 values were multiplied. */
  static Supplier<float[]> scales(Supplier<float[]> rows, int count) {
    return () -> scales(rows.get(), count);
  }

  private static float[] scales(float[] values, int count) {
    int width = values.length / count;
    float[] scales = new float[count];
    for (int row = 0; row < count; row++) {
      float max = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        max = Math.max(max, Math.abs(values[i]));
      }
      scales[row] = max == 0 ? 1 : MAX_INT8 / Math.max(max, MAX_INT8 / Float.MAX_VALUE);
    }
    return scales;
  }

  /** The rows in int8. */
  static Supplier<byte[]> quantized(Supplier<float[]> rows, int count) {
    return () -> {
      float[] values = rows.get();
      float[] scales = scales(values, count);
      int width = values.length / count;
      byte[] quantized = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        quantized[i] = (byte) Math.rint(values[i] * scales[i / width]);
      }
      return quantized;
    };
  }
}
