package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.text.sentencepiece.SentencePiece;

/** SentencePiece models. */
class SentencePieceFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "a.model", file -> SentencePiece.read(file).encode("你好, world"));
  }
}
