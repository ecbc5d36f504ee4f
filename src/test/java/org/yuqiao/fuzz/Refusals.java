package org.yuqiao.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.yuqiao.ScratchFolder;
import org.yuqiao.files.InvalidInputException;

/** A reader with any bytes: it returns, or refuses them in one sentence, within seconds. */
final class Refusals {
  private static final long MAX_SECONDS = 20;

  private Refusals() {}

  /** Writes {@code bytes} to a file called {@code name} and reads it. */
  static void read(byte[] bytes, String name, Consumer<Path> reader) {
    long start = System.nanoTime();
    try (ScratchFolder folder = ScratchFolder.create()) {
      Path file = Files.write(folder.resolve(name), bytes);
      reader.accept(file);
    } catch (InvalidInputException e) {
      String message = e.getMessage();
      assertFalse(message.isBlank());
      assertFalse(message.contains("Exception") || message.endsWith("null"), message);
      assertFalse(message.contains("\n"), message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(System.nanoTime() - start < MAX_SECONDS * 1_000_000_000L, "it takes too long");
  }
}
