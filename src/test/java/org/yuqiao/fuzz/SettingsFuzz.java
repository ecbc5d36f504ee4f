package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.yuqiao.settings.SettingsFile;

/** Settings of experiments. */
class SettingsFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "e.yaml", file -> SettingsFile.read(file, List.of()));
  }
}
