package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.corpus.read.CorpusFiles;

/** Translation memories. */
class TmxFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "a.tmx", file -> new CorpusFiles(file.toString()).forEach(pair -> {}));
  }
}
