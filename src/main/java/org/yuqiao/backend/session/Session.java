package org.yuqiao.backend.session;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.tensor.ParameterBuffer;

/** Runs one SameDiff graph, on the calling thread, for the outputs it was made for. */
public interface Session extends AutoCloseable {
  /**
   * Computes the outputs.
   *
   * @return each output by name, without those that {@link #writeOutputTo} redirects; the arrays
   *     are valid until the next run or {@link #close}
   */
  Map<String, INDArray> run(Inputs inputs);

  /** Computes the outputs for {@link #read}: makes no arrays. */
  default void compute(Inputs inputs) {
    run(inputs);
  }

  /**
   * Copies one row of an output of the last run, without ND4J in between.
   *
   * @param row its number when all axes but the last are taken together
   * @param target has room for the last axis
   */
  void read(String output, int row, float[] target);

  /**
   * Redirects an output: from the next run on its values are written straight to the array {@code
   * name} of {@code target}.
   */
  void writeOutputTo(String output, ParameterBuffer target, String name);

  /** The seconds spent in ops over all runs, by op name. */
  Map<String, Double> secondsByOp();

  /** A line for each optimization that does not apply to this graph, with the reason. */
  default List<String> notes() {
    return List.of();
  }

  /** Frees the memory. */
  @Override
  void close();
}
