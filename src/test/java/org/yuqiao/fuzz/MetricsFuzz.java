package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.RunFolder;

/** Metrics of runs. */
class MetricsFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(
        bytes, "metrics.jsonl", file -> MetricsFile.read(new RunFolder(file.getParent())));
  }
}
