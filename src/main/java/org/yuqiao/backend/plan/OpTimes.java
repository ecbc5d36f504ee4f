package org.yuqiao.backend.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.yuqiao.backend.op.LinearOp;

/** The seconds spent in each op of a plan, over all runs; the clock is read once per op. */
public final class OpTimes {
  private final List<Plan.Step> steps;
  private final long[] nanoseconds;
  private long last;

  public OpTimes(Plan plan) {
    this.steps = plan.steps();
    this.nanoseconds = new long[steps.size()];
  }

  /** Starts the clock before the first op of a run. */
  public void begin() {
    last = System.nanoTime();
  }

  /** Counts the time since the last call as that of step {@code index}. */
  public void ended(int index) {
    long now = System.nanoTime();
    nanoseconds[index] += now - last;
    last = now;
  }

  /** Seconds by op name; the matmul of an output layer that is tied to the embedding is apart. */
  public Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (int i = 0; i < nanoseconds.length; i++) {
      seconds.merge(nameOf(steps.get(i).op()), nanoseconds[i] / 1e9, Double::sum);
    }
    return seconds;
  }

  private static String nameOf(DifferentialFunction op) {
    boolean tied = op instanceof LinearOp linear && linear.transposed();
    return tied ? op.opName() + " with the embedding" : op.opName();
  }
}
