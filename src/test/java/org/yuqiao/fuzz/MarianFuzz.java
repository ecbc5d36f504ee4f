package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.store.marian.MarianImport;

/** Folders of Marian models of which one file is replaced; the first byte chooses it. */
class MarianFuzz {
  private static final Path MODEL =
      Path.of("src/test/resources/org/yuqiao/store/marian/multilingual");
  private static final List<String> FILES =
      List.of("config.json", "generation_config.json", "tokenizer_config.json", "vocab.json");

  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    String replaced = FILES.get((bytes[0] & 0xFF) % FILES.size());
    Refusals.read(
        Arrays.copyOfRange(bytes, 1, bytes.length),
        replaced,
        file -> {
          copyOthers(file);
          Path folder = file.getParent();
          new MarianImport(folder, Optional.empty(), Optional.of("cmn_Hans"))
              .write(folder.resolve("out"));
        });
  }

  private static void copyOthers(Path file) {
    try (Stream<Path> files = Files.list(MODEL)) {
      for (Path original : files.toList()) {
        Path copy = file.resolveSibling(original.getFileName());
        if (!copy.equals(file)) {
          Files.copy(original, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
