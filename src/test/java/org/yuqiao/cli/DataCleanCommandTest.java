package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.cli.console.ExitCodes;
import org.yuqiao.files.JsonFile;
import org.yuqiao.files.Sha256;

class DataCleanCommandTest {
  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void makeCorpora() throws IOException {
    Files.writeString(
        folder.resolve("a.tsv"), "你好。\tHello.\n再见。\t\n你好。\tHello.\n谢谢。\tThank  you.\n");
    Files.writeString(folder.resolve("b.jsonl"), "{\"zh\": \"好。\", \"en\": \"Good.\"}\n");
    out = folder.resolve("out");
  }

  private Result clean(String... more) {
    List<String> arguments =
        List.of(
            "data",
            "clean",
            "--in",
            folder + "/a.tsv",
            "--in",
            folder + "/b.jsonl",
            "--out",
            out.toString(),
            "--shard-pairs",
            "2");
    return InProcess.run(
        "", Stream.concat(arguments.stream(), Arrays.stream(more)).toArray(String[]::new));
  }

  @Test
  void keptPairsAreWrittenAsShardsWithAManifest() throws IOException {
    Result result = clean();
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().startsWith("5 pairs, 3 kept, 2 dropped"), result.out());
    assertEquals("你好。\tHello.\n", Files.readString(out.resolve("part-00000.tsv")));
    assertEquals("谢谢。\tThank you.\n", Files.readString(out.resolve("part-00001.tsv")));
    assertEquals("好。\tGood.\n", Files.readString(out.resolve("part-00002.tsv")));
    assertTrue(Files.exists(out.resolve("_SUCCESS")));
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals(3, manifest.get("lines").asInt());
    assertEquals(1, manifest.get("totals").get("dropped").get("duplicate-pair").asInt());
    assertEquals(1, manifest.get("totals").get("changed").asInt());
    assertEquals(
        Sha256.of(Files.readAllBytes(out.resolve("part-00002.tsv"))),
        manifest.get("shards").get(2).get("sha256").asText());
  }

  @Test
  void aCompleteFolderIsRefusedAndAnUnfinishedOneReplaced() throws IOException {
    assertEquals(0, clean().exit());
    Result again = clean();
    assertEquals(ExitCodes.FAILED, again.exit());
    assertTrue(again.err().contains(out + " is not empty; choose another folder"), again.err());
    Files.delete(out.resolve("_SUCCESS"));
    Files.writeString(out.resolve("part-00007.tsv"), "");
    assertEquals(0, clean().exit());
    assertFalse(Files.exists(out.resolve("part-00007.tsv")));
  }

  @Test
  void withoutTheLauncherSparkIsRefusedInASentence() {
    Result result = clean("--engine", "spark");
    assertEquals(ExitCodes.USAGE, result.exit());
    assertTrue(result.err().startsWith("yuqiao: --engine spark needs Spark"), result.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void optionsOfAClusterNeedOne() {
    Result result = clean("--executors", "2");
    assertEquals(ExitCodes.USAGE, result.exit());
    assertTrue(result.err().contains("need --engine spark"), result.err());
  }
}
