package org.yuqiao.backend;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.files.QuantisedTensor;

/** The products of one row with single columns of a matrix. For one thread. */
interface ExactLogits {
  /** From now on products of the row are asked for that is in {@code rows} from {@code at} on. */
  void take(float[] rows, int at);

  /** x w_c + b_c. */
  float of(int column);

  /** With columns of floats, which are the rows of {@code columns} {@code [O, I]}. */
  static ExactLogits ofFloats(Tensor columns, float[] bias) {
    int inputs = columns.width();
    float[] x = new float[Lanes.padded(inputs)];
    float[] w = new float[Lanes.padded(inputs)];
    return new ExactLogits() {
      @Override
      public void take(float[] rows, int at) {
        System.arraycopy(rows, at, x, 0, inputs);
      }

      @Override
      public float of(int column) {
        columns.read(column * inputs, w, 0, inputs);
        FloatVector a = Lanes.all(0);
        FloatVector b = a;
        int i = 0;
        for (; i + Lanes.COUNT < x.length; i += 2 * Lanes.COUNT) {
          a = Lanes.load(x, i).fma(Lanes.load(w, i), a);
          b = Lanes.load(x, i + Lanes.COUNT).fma(Lanes.load(w, i + Lanes.COUNT), b);
        }
        if (i < x.length) {
          a = Lanes.load(x, i).fma(Lanes.load(w, i), a);
        }
        return Lanes.sum(a.add(b)) + bias[column];
      }
    };
  }

  /** With columns of integers, which x is rounded for, as {@link QuantisedMatrix} does it. */
  static ExactLogits ofIntegers(QuantisedTensor columns, float[] bias) {
    int inputs = (int) columns.shape()[1];
    float[] x = new float[inputs];
    return new ExactLogits() {
      private float factor;

      @Override
      public void take(float[] rows, int at) {
        System.arraycopy(rows, at, x, 0, inputs);
        factor = RowQuantiser.round(x, 0, inputs);
      }

      @Override
      public float of(int column) {
        int at = column * inputs;
        byte[] values = columns.values();
        int i = 0;
        FloatVector some = Lanes.all(0);
        // In a lane, a thousand products of integers of eight bits add up exactly.
        for (; i + Lanes.COUNT <= inputs; i += Lanes.COUNT) {
          some = Lanes.load(values, at + i).fma(Lanes.load(x, i), some);
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
