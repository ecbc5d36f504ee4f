package org.yuqiao.corpus.read;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yuqiao.files.InvalidInputException;

/** Corpora of tests: written as text, read as "Chinese|English". */
record CorpusFixture(Path folder) {
  String write(String name, String text) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder.resolve(name).toString();
  }

  static List<String> read(String name) {
    return read(new CorpusFiles(name));
  }

  static List<String> read(CorpusFiles corpus) {
    List<String> pairs = new ArrayList<>();
    corpus.forEach(pair -> pairs.add(pair.chinese() + "|" + pair.english()));
    return pairs;
  }

  static String refusal(String name) {
    return assertThrows(InvalidInputException.class, () -> read(name)).getMessage();
  }
}
