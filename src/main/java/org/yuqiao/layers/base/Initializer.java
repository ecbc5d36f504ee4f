package org.yuqiao.layers.base;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The distribution of a parameter's initial values. A seed gives the same values in every type and
 * on every backend.
 */
public sealed interface Initializer {
  /** The number of elements drawn at once. */
  int PIECE = 1 << 16;

  /**
   * Fills the contiguous {@code parameter} in row-major order, piece by piece to avoid a second
   * copy of a large one.
   */
  default void fill(INDArray parameter, SplittableRandom random) {
    INDArray flat = parameter.reshape(parameter.length());
    for (long from = 0; from < parameter.length(); from += PIECE) {
      long to = Math.min(parameter.length(), from + PIECE);
      try (INDArray drawn = draw(parameter, (int) (to - from), random)) {
        flat.get(NDArrayIndex.interval(from, to)).assign(drawn);
      }
    }
  }

  private INDArray draw(INDArray parameter, int count, SplittableRandom random) {
    long[] shape = parameter.shape();
    if (parameter.dataType() == DataType.FLOAT) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) draw(shape, random);
      }
      return Nd4j.createFromArray(values);
    }
    double[] values = new double[count];
    Arrays.setAll(values, i -> draw(shape, random));
    return Nd4j.createFromArray(values);
  }

  /** One value for an array of the given shape. */
  double draw(long[] shape, SplittableRandom random);

  /** The same value everywhere. */
  record Constant(double value) implements Initializer {
    @Override
    public double draw(long[] shape, SplittableRandom random) {
      return value;
    }
  }

  /** The same value in elements {@code from} to {@code to} of a vector, 0 elsewhere. */
  record Block(double value, int from, int to) implements Initializer {
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

  /** The normal distribution with mean 0. */
  record Normal(double deviation) implements Initializer {
    @Override
    public double draw(long[] shape, SplittableRandom random) {
      return deviation * random.nextGaussian();
    }
  }

  /** Uniform in +-sqrt(6 / (rows + columns)) (Glorot and Bengio 2010, eq. 16). */
  record XavierUniform() implements Initializer {
    @Override
    public double draw(long[] shape, SplittableRandom random) {
      double bound = Math.sqrt(6.0 / (shape[0] + shape[1]));
      return (2 * random.nextDouble() - 1) * bound;
    }
  }
}
