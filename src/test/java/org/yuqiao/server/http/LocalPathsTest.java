package org.yuqiao.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPathsTest {
  private static final Path RUN = Path.of("/home/me and you/runs/a");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cannot read /home/me/corpora/a.tsv: denied | cannot read a.tsv: denied",
        "/home/me/a.tsv, line 3: no tab | a.tsv, line 3: no tab",
        "[/data/a.tsv, /data/b.tsv] | [a.tsv, b.tsv]",
        "file:/home/me/a.tsv | file:a.tsv",
        "C:\\Users\\me\\a.tsv is damaged | a.tsv is damaged",
        "/home/me and you/runs/a/metrics.jsonl: no space | metrics.jsonl: no space",
        "data/train.tsv has 5 tokens/second | data/train.tsv has 5 tokens/second",
        "the loss is NaN | the loss is NaN",
      })
  void onlyTheLastNameOfAnAbsolutePathIsLeft(String text, String expected) {
    assertEquals(expected, LocalPaths.shortened(text, RUN));
  }

  @Test
  void theFoldersOfTheUserAreTakenOut() {
    String home = System.getProperty("user.home");
    assertEquals("a.tsv", LocalPaths.shortened(Path.of(home, "a.tsv").toString(), RUN));
  }
}
