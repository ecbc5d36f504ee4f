package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.yuqiao.corpus.read.CorpusFiles;

/** Corpora of a JSON object a line. */
class JsonLinesFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(bytes, "a.jsonl", file -> new CorpusFiles(file.toString()).forEach(pair -> {}));
  }
}
