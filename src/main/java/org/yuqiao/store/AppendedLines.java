package org.yuqiao.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * Follows a file of JSON lines while it is appended to, as {@code tail -F}. A file that was
 * replaced or cut is read again from its beginning.
 */
final class AppendedLines {
  /** The number of bytes before the position that show whether the file is still the same. */
  private static final int CHECKED = 256;

  /** The maximum number of bytes that are read at a time; the next call reads on. */
  private static final int MAX_BYTES = 64 << 20;

  private final Path file;
  private long position;
  private byte[] before = {};

  /** Follows {@code file}, which need not exist yet, from its beginning. */
  AppendedLines(Path file) {
    this.file = file;
  }

  /** The objects of the lines that were completed since the last call. */
  List<JsonNode> next() {
    try (FileChannel channel = FileChannel.open(file)) {
      if (!isSame(channel)) {
        start();
      }
      byte[] bytes = read(channel, position, Math.min(channel.size(), position + MAX_BYTES));
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      if (end == 0) {
        return List.of();
      }
      position += end;
      before = read(channel, Math.max(0, position - CHECKED), position);
      return JsonLines.parse(Arrays.copyOf(bytes, end));
    } catch (NoSuchFileException e) {
      start();
      return List.of();
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  private void start() {
    position = 0;
    before = new byte[0];
  }

  private boolean isSame(FileChannel channel) throws IOException {
    return channel.size() >= position
        && Arrays.equals(before, read(channel, position - before.length, position));
  }

  private static byte[] read(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {}
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
