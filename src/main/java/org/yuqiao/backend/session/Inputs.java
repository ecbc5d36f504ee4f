package org.yuqiao.backend.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The values of a graph's placeholders for one run: plain Java arrays with their shapes. */
public final class Inputs {
  public record Ints(int[] values, long[] shape) {
    public INDArray array() {
      return Nd4j.createFromArray(values).reshape(shape);
    }
  }

  public record Floats(float[] values, long[] shape) {
    public INDArray array(DataType type) {
      return Nd4j.createFromArray(values).reshape(shape).castTo(type);
    }
  }

  private final Map<String, Ints> ints = new LinkedHashMap<>();
  private final Map<String, Floats> floats = new LinkedHashMap<>();
  private final Map<String, StateCache> caches = new LinkedHashMap<>();

  /** Gives an integer placeholder its values, row-major. */
  public Inputs ints(String name, int[] values, long... shape) {
    ints.put(name, new Ints(values, shape));
    return this;
  }

  /** Gives a floating-point placeholder its values, row-major. */
  public Inputs floats(String name, float[] values, long... shape) {
    floats.put(name, new Floats(values, shape));
    return this;
  }

  /** Gives the placeholders that bear the names of {@code cache} its arrays, not copied. */
  public Inputs cache(StateCache cache) {
    cache.names().forEach(name -> caches.put(name, cache));
    return this;
  }

  public Optional<StateCache> cache(String name) {
    return Optional.ofNullable(caches.get(name));
  }

  public Optional<Ints> ints(String name) {
    return Optional.ofNullable(ints.get(name));
  }

  public Optional<Floats> floats(String name) {
    return Optional.ofNullable(floats.get(name));
  }
}
