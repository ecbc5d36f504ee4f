package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.store.ModelManifest;

/** Manifests of models. */
class ModelManifestFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "model.json", file -> ModelManifest.read(file.getParent()));
  }
}
