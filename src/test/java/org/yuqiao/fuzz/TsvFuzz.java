package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.corpus.read.CorpusFiles;

/** Tab-separated corpora. */
class TsvFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "a.tsv", file -> new CorpusFiles(file.toString()).forEach(pair -> {}));
  }
}
