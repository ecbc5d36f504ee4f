package org.yuqiao.spark.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Messages between the driver and the first replica, as files of the run's folder, which both see:
 * lines for the user, and the request to stop.
 */
final class RunChannel {
  private final Path lines;
  private final Path stop;
  private long read;

  RunChannel(Path folder) {
    // The endings let a new run begin in a folder that holds nothing else.
    this.lines = folder.resolve("messages.tmp");
    this.stop = folder.resolve("stop.tmp");
  }

  /** Deletes what an earlier session has left. */
  void clear() {
    try {
      Files.createDirectories(lines.getParent());
      Files.deleteIfExists(lines);
      Files.deleteIfExists(stop);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    read = 0;
  }

  /** Sends a line to the user. */
  synchronized void say(String line) {
    try {
      Files.writeString(
          lines,
          line.replace('\n', ' ') + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The complete lines since the last call. */
  List<String> newLines() {
    if (!Files.exists(lines)) {
      return List.of();
    }
    try (SeekableByteChannel channel = Files.newByteChannel(lines)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - read));
      channel.position(read);
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {
        // Reads on.
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      String complete = text.substring(0, text.lastIndexOf('\n') + 1);
      read += complete.getBytes(StandardCharsets.UTF_8).length;
      return complete.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the first replica to stop. */
  void requestStop() {
    try {
      Files.writeString(stop, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the driver asks to stop. */
  boolean stopRequested() {
    return Files.exists(stop);
  }
}
