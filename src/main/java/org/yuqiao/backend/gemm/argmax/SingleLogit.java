package org.yuqiao.backend.gemm.argmax;

import org.yuqiao.backend.gemm.int8.QuantizedMatrix;
import org.yuqiao.backend.simd.RowQuantizer;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;


import jdk.incubator.vector.FloatVector;

/** The products of one row with single columns of a matrix. For one thread. */
public interface SingleLogit {
  /** From now on products of the row are asked for that is in {@code rows} from {@code at} on. */
  void take(float[] rows, int at);

  /** x w_c + b_c. */
  float of(int column);

  /** With columns of floats, which are the rows of {@code columns} {@code [O, I]}. */
  static SingleLogit ofFloats(Tensor columns, float[] bias) {
    int inputs = columns.width();
    float[] x = new float[SimdMath.padded(inputs)];
    float[] w = new float[SimdMath.padded(inputs)];
    return new SingleLogit() {
      @Override
      public void take(float[] rows, int at) {
        System.arraycopy(rows, at, x, 0, inputs);
      }

      @Override
      public float of(int column) {
        columns.read(column * inputs, w, 0, inputs);
        FloatVector a = SimdMath.all(0);
        FloatVector b = a;
        int i = 0;
        for (; i + SimdMath.COUNT < x.length; i += 2 * SimdMath.COUNT) {
          a = SimdMath.load(x, i).fma(SimdMath.load(w, i), a);
          b = SimdMath.load(x, i + SimdMath.COUNT).fma(SimdMath.load(w, i + SimdMath.COUNT), b);
        }
        if (i < x.length) {
          a = SimdMath.load(x, i).fma(SimdMath.load(w, i), a);
        }
        return SimdMath.sum(a.add(b)) + bias[column];
      }
    };
  }

  /** With columns of integers, which x is rounded for, as {@link QuantizedMatrix} does it. */
  static SingleLogit ofIntegers(QuantizedTensor columns, float[] bias) {
    int inputs = (int) columns.shape()[1];
    float[] x = new float[inputs];
    return new SingleLogit() {
      private float factor;

      @Override
      public void take(float[] rows, int at) {
        System.arraycopy(rows, at, x, 0, inputs);
        factor = RowQuantizer.round(x, 0, inputs);
      }

      @Override
      public float of(int column) {
        int at = column * inputs;
        byte[] values = columns.values();
        int i = 0;
        FloatVector some = SimdMath.all(0);
        // In a lane, a thousand products of integers of eight bits add up exactly.
        for (; i + SimdMath.COUNT <= inputs; i += SimdMath.COUNT) {
          some = SimdMath.load(values, at + i).fma(SimdMath.load(x, i), some);
        }
        int sum = 0;
        for (float lane : some.toArray()) {
          sum += (int) lane;
        }
        for (; i < inputs; i++) {
          sum += ((int) x[i]) * values[at + i];
        }
        return Math.fma((float) sum, columns.scales()[column] * factor, bias[column]);
      }
    };
  }
}
