package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.files.torch.TorchFile;

/** Files of PyTorch: both formats. */
class TorchFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(
        bytes,
        "pytorch_model.bin",
        file -> {
          try (TorchFile tensors = TorchFile.open(file)) {
            tensors.names().forEach(tensors::floats);
          }
        });
  }
}
