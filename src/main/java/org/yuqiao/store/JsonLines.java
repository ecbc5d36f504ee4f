package org.yuqiao.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/** A file that a run appends JSON objects to, one a line. */
final class JsonLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The maximum size of a file that is read whole. */
  private static final int MAX_BYTES = 256 << 20;

  private JsonLines() {}

  /** Appends {@code value}; a line left incomplete by a kill is ended first. */
  static void append(Path file, Object value) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      if (!endsWithLineFeed(channel)) {
        line.write('\n');
      }
      line.writeBytes(JSON.writeValueAsBytes(value));
      line.write('\n');
      ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
      channel.position(channel.size());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + IoError.message(e), e);
    }
  }

  private static boolean endsWithLineFeed(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() == 0
        || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
  }

  /** The objects of a file; none if it does not exist. Damaged lines are left out. */
  static List<JsonNode> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return parse(InputFile.bytes(file, MAX_BYTES));
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** The objects of the complete lines of {@code bytes}. Damaged lines are left out. */
  static List<JsonNode> parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // Text after the last line feed is still being written.
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .flatMap(JsonLines::object)
        .toList();
  }

  private static Stream<JsonNode> object(String line) {
    try {
      return Stream.of(JSON.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Stream.empty();
    }
  }

  /** A line as {@code type}; empty if it lacks what the type needs. */
  static <T> Optional<T> as(Class<T> type, JsonNode line) {
    try {
      return Optional.of(JSON.treeToValue(line, type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
