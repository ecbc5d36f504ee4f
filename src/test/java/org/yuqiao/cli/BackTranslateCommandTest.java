package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.corpus.read.CorpusFiles;

class BackTranslateCommandTest {
  @TempDir private Path folder;

  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(folder.resolve("mono.en"), "Hello.\n\nI like tea.\n");
  }

  private Result backTranslate(Path out, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("data", "back-translate", text.toString(), out.toString()));
    arguments.addAll(List.of("--direction", "en-zh"));
    arguments.addAll(List.of(options));
    return InProcess.run("", arguments.toArray(String[]::new));
  }

  @Test
  void theRealSentencesStandBesideTaggedTranslations() {
    Path out = folder.resolve("synthetic.tsv");
    Result result = backTranslate(out);
    assertEquals(0, result.exit(), result::err);
    List<String> english = new ArrayList<>();
    new CorpusFiles(out.toString())
        .forEach(
            pair -> {
              english.add(pair.english());
              assertTrue(pair.chinese().startsWith("<BT> "), pair::chinese);
            });
    assertEquals(List.of("Hello.", "I like tea."), english);
    assertTrue(result.err().contains("2 pairs written"), result::err);
  }

  @Test
  void theTagMayBeLeftOutAndTranslationsSampled() {
    Path out = folder.resolve("synthetic.tsv");
    assertEquals(0, backTranslate(out, "--tag", "", "--sample", "--top-k", "5").exit());
    new CorpusFiles(out.toString())
        .forEach(pair -> assertFalse(pair.chinese().startsWith("<BT>"), pair::chinese));
  }

  @Test
  void anotherFormatIsRefusedBeforeTranslating() {
    Result result = backTranslate(folder.resolve("synthetic.jsonl"));
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("OUT must be a .tsv file"), result::err);
  }
}
