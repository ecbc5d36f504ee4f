package org.yuqiao.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;

class SharedNamesTest {
  @TempDir private Path folder;

  private ExperimentSettings settings(List<String> overrides) throws IOException {
    Path file = folder.resolve("e.yaml");
    Files.writeString(
        file,
        """
        data:
          train: [a.tsv, "b c.zh,b c.en", "d.tsv#zh=2,en=4"]
          valid: [/data/valid.tsv]
        embedding: {init: vectors.txt, target: random}
        """);
    return SettingsFile.read(file, overrides);
  }

  @Test
  void filesAndFoldersGetAbsoluteNamesAndNothingElseChanges() throws IOException {
    List<String> overrides = SharedNames.overrides(settings(List.of()));
    String here = Path.of("").toAbsolutePath() + "/";
    ExperimentSettings shared = settings(overrides);
    assertEquals(
        List.of(here + "a.tsv", here + "b c.zh," + here + "b c.en", here + "d.tsv#zh=2,en=4"),
        shared.data().train());
    assertEquals(List.of("/data/valid.tsv"), shared.data().valid());
    assertEquals(here + "vectors.txt", shared.embedding().init());
    assertEquals("random", shared.embedding().target());
    assertEquals("none", shared.start().encoder());
    assertEquals(List.of(), SharedNames.overrides(shared));
  }
}
