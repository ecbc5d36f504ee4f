package org.yuqiao.backend;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The matrices of a model laid out for translating, where few rows are multiplied at a time ({@link
 * PackedMatrix}); made when first asked for and shared by all sessions.
 */
public final class PackedWeights {
  private record Key(String name, boolean transposed) {}

  private final ParameterBuffer parameters;
  private final Map<Key, PackedMatrix> matrices = new ConcurrentHashMap<>();

  /** Will lay out the matrices of {@code parameters}. */
  public PackedWeights(ParameterBuffer parameters) {
    this.parameters = parameters;
  }

  /** The parameters themselves. */
  ParameterBuffer parameters() {
    return parameters;
  }

  /** Reads the parameters again, which have changed; no session may be running. */
  public void refresh() {
    matrices.values().forEach(PackedMatrix::refresh);
  }

  /** The matrix {@code name}, {@code [I, O]} or, when transposed, {@code [O, I]}. */
  PackedMatrix matrix(String name, boolean transposed) {
    return matrices.computeIfAbsent(
        new Key(name, transposed),
        key -> new PackedMatrix(parameters.tensor(key.name()), key.transposed()));
  }
}
