package org.yuqiao.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
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
    long start = processorTime();
    try (ScratchFolder folder = ScratchFolder.create()) {
      Path file = Files.write(folder.resolve(name), bytes);
      reader.accept(file);
    } catch (InvalidInputException e) {
      assertSentence(e.getMessage(), new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(processorTime() - start < MAX_SECONDS * 1_000_000_000L, "it takes too long");
  }

  /** Time of this thread, which other processes do not lengthen. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** A message may quote the input, but no exception of Java. */
  private static void assertSentence(String message, String input) {
    assertFalse(message.isBlank());
    assertFalse(message.contains("Exception") && !input.contains("Exception"), message);
    assertFalse(message.endsWith("null") && !input.contains("null"), message);
    assertFalse(message.chars().anyMatch(Character::isISOControl), message);
  }
}
