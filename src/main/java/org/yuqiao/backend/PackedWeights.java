package org.yuqiao.backend;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The matrices of a model laid out for translating, where few rows are multiplied at a time ({@link
 * LaidOutMatrix}); made when first asked for and shared by all sessions.
 */
public final class PackedWeights {
  private record Key(String name, boolean transposed) {}

  private final ParameterBuffer parameters;
  private final boolean quantised;
  private final Map<Key, LaidOutMatrix> matrices = new ConcurrentHashMap<>();

  /** Will lay out the matrices of {@code parameters}. */
  public PackedWeights(ParameterBuffer parameters) {
    this(parameters, false);
  }

  /**
   * Will lay out the matrices of {@code parameters}.
   *
   * @param quantised whether as integers of eight bits, which for parameters that were read from
   *     such a file changes nothing
   */
  public PackedWeights(ParameterBuffer parameters, boolean quantised) {
    this.parameters = parameters;
    this.quantised = quantised;
  }

  /** The parameters themselves. */
  public ParameterBuffer parameters() {
    return parameters;
  }

  /** Reads the parameters again, which have changed; no session may be running. */
  public void refresh() {
    matrices.values().forEach(LaidOutMatrix::refresh);
  }

  /** The matrix {@code name}, {@code [I, O]} or, when transposed, {@code [O, I]}. */
  LaidOutMatrix matrix(String name, boolean transposed) {
    return matrices.computeIfAbsent(new Key(name, transposed), this::layOut);
  }

  private LaidOutMatrix layOut(Key key) {
    Tensor weight = parameters.tensor(key.name());
    if (quantised) {
      return new QuantisedMatrix(weight, key.transposed());
    }
    return OneDnnWeights.areUsed()
        ? new OneDnnMatrix(weight, key.transposed())
        : new PackedMatrix(weight, key.transposed());
  }
}
