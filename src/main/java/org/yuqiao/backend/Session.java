package org.yuqiao.backend;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs one SameDiff graph, on one thread, for the outputs it was made for. */
public interface Session extends AutoCloseable {
  /**
   * Computes the outputs.
   *
   * @return each output under its name; the arrays are valid until the next run or {@link #close}
   */
  Map<String, INDArray> run(Feeds feeds);

  /** Gives back the memory. */
  @Override
  void close();
}
