package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.embedding.io.WordVectorFile;

/** Word vectors as text. */
class TextVectorsFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "v.txt", WordVectorFile::read);
  }
}
