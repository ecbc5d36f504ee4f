package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.text.TokenizerJson;

/** Tokenizers. */
class TokenizerFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "tokenizer.json", file -> TokenizerJson.load(file).encode("你好, world"));
  }
}
