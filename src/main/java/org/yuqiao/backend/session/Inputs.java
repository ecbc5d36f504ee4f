package org.yuqiao.backend.session;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The values of a graph's placeholders for one run: Java arrays with their shapes, or caches. */
public final class Inputs {
  /** Values of an int32 placeholder, row-major. */
  public record Ints(int[] values, long[] shape) {
    public INDArray array() {
      return Nd4j.createFromArray(values).reshape(shape);
    }
  }

  /** Values of a floating-point placeholder, row-major. */
  public record Floats(float[] values, long[] shape) {
    public INDArray array(DataType type) {
      return Nd4j.createFromArray(values).reshape(shape).castTo(type);
    }
  }

  private final Map<String, Ints> ints = new LinkedHashMap<>();
  private final Map<String, Floats> floats = new LinkedHashMap<>();
  private final Map<String, StateCache> caches = new LinkedHashMap<>();

  /** Sets an int32 placeholder. */
  public Inputs ints(String name, int[] values, long... shape) {
    ints.put(name, new Ints(values, shape));
    return this;
  }

  /** Sets a floating-point placeholder. */
  public Inputs floats(String name, float[] values, long... shape) {
    floats.put(name, new Floats(values, shape));
    return this;
  }

  /** Inputs whose arrays stand twice along their first axis; caches are left out. */
  public Inputs twice() {
    Inputs twice = new Inputs();
    ints.forEach(
        (name, one) -> {
          int length = one.values().length;
          int[] values = Arrays.copyOf(one.values(), 2 * length);
          System.arraycopy(one.values(), 0, values, length, length);
          twice.ints(name, values, doubled(one.shape()));
        });
    floats.forEach(
        (name, one) -> {
          int length = one.values().length;
          float[] values = Arrays.copyOf(one.values(), 2 * length);
          System.arraycopy(one.values(), 0, values, length, length);
          twice.floats(name, values, doubled(one.shape()));
        });
    return twice;
  }

  private static long[] doubled(long[] shape) {
    long[] doubled = shape.clone();
    doubled[0] *= 2;
    return doubled;
  }

  /** Sets the placeholders named like the arrays of {@code cache} to these arrays, not copied. */
  public Inputs cache(StateCache cache) {
    cache.names().forEach(name -> caches.put(name, cache));
    return this;
  }

  /** The cache that holds the array of that name. */
  public Optional<StateCache> cache(String name) {
    return Optional.ofNullable(caches.get(name));
  }

  /** The values of an int32 placeholder. */
  public Optional<Ints> ints(String name) {
    return Optional.ofNullable(ints.get(name));
  }

  /** The values of a floating-point placeholder. */
  public Optional<Floats> floats(String name) {
    return Optional.ofNullable(floats.get(name));
  }
}
