package org.yuqiao.backend.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the ops of a plan have taken, added up over all runs; one clock reading an op. */
public final class OpTimes {
  private final List<Plan.Step> steps;
  private final long[] nanoseconds;
  private long last;

  public OpTimes(Plan plan) {
    this.steps = plan.steps();
    this.nanoseconds = new long[steps.size()];
  }

  /** The ops begin. */
  public void begin() {
    last = System.nanoTime();
  }

  /** Op number {@code index} has ended, and the next begins. */
  public void ended(int index) {
    long now = System.nanoTime();
    nanoseconds[index] += now - last;
    last = now;
  }

  /** Seconds by the ops' names. */
  public Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (int i = 0; i < nanoseconds.length; i++) {
      seconds.merge(steps.get(i).op().opName(), nanoseconds[i] / 1e9, Double::sum);
    }
    return seconds;
  }
}
