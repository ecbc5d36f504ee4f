package org.yuqiao.backend.session;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.tensor.ParameterBuffer;

/** Runs one SameDiff graph, on one thread, for the outputs it was made for. */
public interface Session extends AutoCloseable {
  /**
   * Computes the outputs.
   *
   * @return each output under its name but for those that {@link #writeOutputTo} sends elsewhere;
   *     the arrays are valid until the next run or {@link #close}
   */
  Map<String, INDArray> run(Inputs feeds);

  /** As {@link #run}, for outputs that {@link #read} will be asked for: no arrays are made. */
  default void compute(Inputs feeds) {
    run(feeds);
  }

  /**
   * Copies one row of an output of the last run, without anything of ND4J in between.
   *
   * @param output its name; all its axes but the last are taken together as rows
   * @param target has room for the last axis
   */
  void read(String output, int row, float[] target);

  /**
   * From now on the values of {@code output} are written straight to the array {@code name} of
   * {@code target}.
   */
  void writeOutputTo(String output, ParameterBuffer target, String name);

  /** The seconds that all runs so far have spent in ops, by the ops' names. */
  Map<String, Double> secondsByOp();

  /** Gives back the memory. */
  @Override
  void close();
}
