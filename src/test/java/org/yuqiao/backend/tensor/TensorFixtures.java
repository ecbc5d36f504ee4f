package org.yuqiao.backend.tensor;

import java.util.SplittableRandom;

/** Tensors for tests. */
public final class TensorFixtures {
  private TensorFixtures() {}

  /** Zeros of a shape. */
  public static Tensor zeros(long... shape) {
    Tensor tensor = Tensor.floats(Tensor.Block.allocate((int) Shapes.size(shape)), shape);
    tensor.clear();
    return tensor;
  }

  /** A tensor of normally distributed elements. */
  public static Tensor random(SplittableRandom random, long... shape) {
    return of(randomValues(random, (int) Shapes.size(shape)), shape);
  }

  /** A tensor of these elements, row-major. */
  public static Tensor of(float[] values, long... shape) {
    Tensor tensor = zeros(shape);
    tensor.write(0, values, 0, values.length);
    return tensor;
  }

  /** Normally distributed values. */
  public static float[] randomValues(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** {@code count} elements of {@code tensor} from {@code from} on. */
  public static float[] values(Tensor tensor, int from, int count) {
    float[] values = new float[count];
    tensor.read(from, values, 0, count);
    return values;
  }
}
