package org.yuqiao.store.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.model.ModelSettings;

/**
 * The values of a model's graph in the exported one, by the name of the model's variable. Keys and
 * values of attention are kept as {@code [B, H, S, d_k]}, so that no step splits the whole cache
 * into heads again.
 *
 * @param <V> a value of the exported graph
 */
final class LoweredValues<V> {
  private final SameDiff graph;
  private final ModelSettings settings;
  private final Function<String, INDArray> weights;
  private final GraphBuilder<V> builder;
  private final Map<String, V> values = new HashMap<>();
  private final Map<String, V> heads = new HashMap<>();
  private final Map<String, V> rows = new HashMap<>();
  private final Map<String, V> shared = new HashMap<>();
  private final Map<String, V> appended = new HashMap<>();

  LoweredValues(
      SameDiff graph,
      ModelSettings settings,
      Function<String, INDArray> weights,
      GraphBuilder<V> builder) {
    this.graph = graph;
    this.settings = settings;
    this.weights = weights;
    this.builder = builder;
  }

  GraphBuilder<V> builder() {
    return builder;
  }

  ModelSettings settings() {
    return settings;
  }

  SameDiff graph() {
    return graph;
  }

  /** d_k. */
  int headSize() {
    return settings.hiddenSize() / settings.attention().heads();
  }

  /** Sets the value of the model's variable {@code name}. */
  void put(String name, V value) {
    values.put(name, value);
  }

  /** Sets keys or values {@code [B, H, S, d_k]}. */
  void putHeads(String name, V value) {
    heads.put(name, value);
  }

  /** Sets what replaces the cache {@code name} after a step. */
  void putAppended(String name, V value) {
    appended.put(name, value);
  }

  /** The value that replaces the cache {@code name} after a step. */
  V appended(String name) {
    return appended.get(name);
  }

  /** Notes that axis 0 of {@code name} is as long as that of {@code like}. */
  void putRows(String name, V like) {
    rows.put(name, like);
  }

  /** The value whose axis 0 is B of {@code name}; empty for weights and constants. */
  Optional<V> rows(String name) {
    return Optional.ofNullable(rows.get(name));
  }

  /** B of a value {@code [B, T, ..]}. */
  Size<V> batch(String name) {
    return new Size.Of<>(rows.get(name), 0);
  }

  /** Whether there is a value or a weight of that name. */
  boolean contains(String name) {
    return values.containsKey(name) || isStored(name);
  }

  private boolean isStored(String name) {
    VariableType type = graph.getVariable(name).getVariableType();
    return type == VariableType.VARIABLE || type == VariableType.CONSTANT;
  }

  /** The value; weights and constants enter the exported graph when they are first read. */
  V of(String name) {
    V known = values.get(name);
    if (known != null) {
      return known;
    }
    if (!isStored(name)) {
      throw new IllegalStateException("no value for " + name);
    }
    V stored = builder.constant(name, array(name));
    values.put(name, stored);
    return stored;
  }

  /** The elements of a weight or constant. */
  INDArray array(String name) {
    SDVariable variable = graph.getVariable(name);
    return variable.getVariableType() == VariableType.VARIABLE
        ? weights.apply(name)
        : variable.getArr();
  }

  /** Keys or values as {@code [B, H, S, d_k]}. */
  V heads(String name) {
    return heads.computeIfAbsent(name, key -> builder.transpose(split(key), 0, 2, 1, 3));
  }

  /** Values by head {@code [B, H, T, d_k]}, of queries {@code name}, as {@code [B, T, D]}. */
  V joined(V byHead, String name) {
    return builder.reshape(
        builder.transpose(byHead, 0, 2, 1, 3),
        sizes(batch(name), rest(), fixed(settings.hiddenSize())));
  }

  /** {@code [B, T, D]} as {@code [B, T, H, d_k]}. */
  V split(String name) {
    return builder.reshape(
        of(name),
        sizes(batch(name), rest(), fixed(settings.attention().heads()), fixed(headSize())));
  }

  /** A value that several operations share, made at first use. */
  V shared(String key, Supplier<V> make) {
    V known = shared.get(key);
    if (known == null) {
      known = make.get();
      shared.put(key, known);
    }
    return known;
  }

  /** A float32 constant. */
  V number(double number) {
    return shared(
        "number." + number,
        () -> builder.constant("number." + number, Nd4j.scalar(DataType.FLOAT, number)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  final List<Size<V>> sizes(Size<V>... sizes) {
    return List.of(sizes);
  }

  Size<V> fixed(long length) {
    return new Size.Fixed<>(length);
  }

  Size<V> rest() {
    return new Size.Rest<>();
  }
}
