package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.corpus.read.ConllReader;

/** Labeled tokens in columns. */
class ConllFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "a.conll", file -> ConllReader.all(file, 0));
  }
}
