package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.files.SafeTensors;

/** Weights. */
class SafeTensorsFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "w.safetensors", SafeTensors::read);
  }
}
