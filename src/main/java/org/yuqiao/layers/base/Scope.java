package org.yuqiao.layers.base;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.DropoutOp;
import org.yuqiao.backend.tensor.ParameterBuffer;

/**
 * A graph under construction, where blocks declare parameters and apply dropout. Parameters with
 * the same name are one shared parameter (tied embeddings).
 */
public final class Scope {
  /** Placeholder int32 {@code [2]} that makes dropout differ from step to step. */
  public static final String DROPOUT_SEED = "dropoutSeed";

  private record Declaration(long[] shape, Initializer initializer) {}

  private final SameDiff graph;
  private final DataType type;
  private final OptionalDouble dropout;
  private final Map<String, Declaration> declarations = new LinkedHashMap<>();
  private int dropouts;

  private Scope(DataType type, OptionalDouble dropout) {
    this.graph = SameDiff.create();
    this.type = type;
    this.dropout = dropout;
    if (dropout.isPresent()) {
      graph.placeHolder(DROPOUT_SEED, DataType.INT32, 2);
    }
  }

  /** An empty graph for training with the given dropout rate. */
  public static Scope training(DataType type, double dropout) {
    return new Scope(type, dropout > 0 ? OptionalDouble.of(dropout) : OptionalDouble.empty());
  }

  /** An empty graph for evaluation: no dropout. */
  public static Scope evaluation(DataType type) {
    return new Scope(type, OptionalDouble.empty());
  }

  /** The graph itself. */
  public SameDiff graph() {
    return graph;
  }

  /** The floating-point type of its arrays. */
  public DataType type() {
    return type;
  }

  /** A placeholder of token ids {@code [B, T]}. */
  public SDVariable ids(String name) {
    return graph.placeHolder(name, DataType.INT32, -1, -1);
  }

  /** A floating-point placeholder; -1 stands for an axis of any length. */
  public SDVariable input(String name, long... shape) {
    return graph.placeHolder(name, type, shape);
  }

  /** The parameter {@code name}; declared on first use. */
  public SDVariable parameter(String name, Initializer initializer, long... shape) {
    if (!declarations.containsKey(name)) {
      declarations.put(name, new Declaration(shape, initializer));
      // graph.var(...) would allocate an unused array for each variable of each graph: sessions
      // read the ParameterBuffer.
      graph.addVariable(new SDVariable(name, VariableType.VARIABLE, graph, shape, type));
    }
    return graph.getVariable(name);
  }

  /**
   * Applies dropout to {@code x} in a training graph ("Attention Is All You Need", section 5.4);
   * returns {@code x} otherwise.
   */
  public SDVariable dropout(SDVariable x) {
    if (dropout.isEmpty()) {
      return x;
    }
    SDVariable seed = graph.getVariable(DROPOUT_SEED);
    return DropoutOp.of(x, seed, dropout.getAsDouble(), dropouts++);
  }

  /** The shapes of all parameters declared so far, by name. */
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    declarations.forEach((name, declaration) -> shapes.put(name, declaration.shape().clone()));
    return shapes;
  }

  /** Memory for all parameters declared so far, all zeros. */
  public ParameterBuffer zeros() {
    return ParameterBuffer.zeros(shapes(), type);
  }

  /** Memory for all parameters declared so far, with initial values drawn from {@code seed}. */
  public ParameterBuffer initialize(long seed) {
    ParameterBuffer buffer = zeros();
    SplittableRandom random = new SplittableRandom(seed);
    declarations.forEach(
        (name, declaration) -> declaration.initializer().fill(buffer.view(name), random.split()));
    return buffer;
  }
}
