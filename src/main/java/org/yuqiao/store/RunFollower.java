package org.yuqiao.store;

import java.util.List;

/** Follows a run while it is trained: its metrics and sample translations as they are written. */
public final class RunFollower {
  private final AppendedLines metrics;
  private final AppendedLines samples;

  /** Follows {@code run} from its beginning. */
  public RunFollower(RunFolder run) {
    this.metrics = new AppendedLines(run.metrics());
    this.samples = new AppendedLines(run.samples());
  }

  /**
   * The metrics since the last call. Those of a resumed run may repeat steps; the later ones count.
   */
  public List<MetricsFile.Line> metrics() {
    return metrics.next().stream().flatMap(line -> MetricsFile.line(line).stream()).toList();
  }

  /** The sample translations since the last call. */
  public List<ValidationSamples> samples() {
    return samples.next().stream()
        .flatMap(line -> JsonLines.as(ValidationSamples.class, line).stream())
        .toList();
  }
}
