package org.yuqiao.graph;

import java.util.SplittableRandom;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How a parameter's first values are drawn. The same seed gives the same values in every type and
 * on every backend.
 */
public sealed interface Initialiser {
  /** Fills {@code parameter} in row-major order. */
  default void fill(INDArray parameter, SplittableRandom random) {
    long[] shape = parameter.shape();
    boolean single = parameter.dataType() == DataType.FLOAT;
    try (INDArray drawn =
        single
            ? Nd4j.createFromArray(floats(shape, random))
            : Nd4j.createFromArray(doubles(shape, random))) {
      parameter.assign(drawn.reshape(shape).castTo(parameter.dataType()));
    }
  }

  private float[] floats(long[] shape, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(ArrayUtil.prodLong(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draw(shape, random);
    }
    return values;
  }

  private double[] doubles(long[] shape, SplittableRandom random) {
    double[] values = new double[Math.toIntExact(ArrayUtil.prodLong(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] = draw(shape, random);
    }
    return values;
  }

  /** One value for an array of the given shape. */
  double draw(long[] shape, SplittableRandom random);

  /** The same value everywhere. */
  record Constant(double value) implements Initialiser {
    @Override
    public double draw(long[] shape, SplittableRandom random) {
      return value;
    }
  }

  /** The same value in elements {@code from} to {@code to} of a vector, 0 elsewhere. */
  record Block(double value, int from, int to) implements Initialiser {
    @Override
    public void fill(INDArray parameter, SplittableRandom random) {
      parameter.assign(0);
      for (int i = from; i < to; i++) {
        parameter.putScalar(i, value);
      }
    }

    @Override
    public double draw(long[] shape, SplittableRandom random) {
      return value;
    }
  }

  /** The normal distribution around 0. */
  record Normal(double deviation) implements Initialiser {
    @Override
    public double draw(long[] shape, SplittableRandom random) {
      return deviation * random.nextGaussian();
    }
  }

  /** Uniform in +-sqrt(6 / (rows + columns)) (Glorot and Bengio 2010, eq. 16). */
  record XavierUniform() implements Initialiser {
    @Override
    public double draw(long[] shape, SplittableRandom random) {
      double bound = Math.sqrt(6.0 / (shape[0] + shape[1]));
      return (2 * random.nextDouble() - 1) * bound;
    }
  }
}
