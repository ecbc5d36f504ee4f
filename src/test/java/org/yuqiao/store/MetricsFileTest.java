package org.yuqiao.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  @TempDir private Path folder;

  @Test
  void figuresOfAResumedRunReplaceThoseBehindItsCheckpoint() throws IOException {
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        """
        {"kind":"train","step":50,"loss":5.0}
        {"kind":"validation","step":50,"bleu":1.0}
        {"kind":"train","step":100,"loss":4.0}
        {"kind":"validation","step":100,"bleu":9.0}
        {"kind":"train","st
        {"kind":"train","step":100,"loss":4.5}
        {"kind":"validation","step":100,"bleu":2.0}
        {"kind":"train","step":150,"lo""");
    MetricsFile metrics = MetricsFile.read(new RunFolder(folder));
    assertEquals(
        List.of(1.0, 2.0), metrics.of("validation").stream().map(l -> l.metric("bleu")).toList());
    assertEquals(
        List.of(5.0, 4.5), metrics.of("train").stream().map(l -> l.metric("loss")).toList());
    assertEquals(2.0, metrics.max("validation", "bleu").getAsDouble());
    assertEquals(100, metrics.step());
  }

  @Test
  void aRunWithoutFiguresHasNone() {
    MetricsFile metrics = MetricsFile.read(new RunFolder(folder));
    assertTrue(metrics.of("train").isEmpty());
    assertEquals(0, metrics.step());
  }

  @Test
  void linesOfOtherKindsAreLeftOutHoweverMany() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      lines.append("{\"kind\":\"k").append(i).append("\",\"step\":1}\n");
    }
    Files.writeString(folder.resolve("metrics.jsonl"), lines);
    assertEquals(0, MetricsFile.read(new RunFolder(folder)).step());
  }

  @Test
  void aProvenanceWithoutContentIsNone() throws IOException {
    Files.writeString(folder.resolve("provenance.json"), "null");
    assertTrue(Provenance.read(new RunFolder(folder)).isEmpty());
  }
}
