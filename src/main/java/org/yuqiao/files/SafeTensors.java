package org.yuqiao.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header (name, type,
 * shape and place of every tensor), then the values, little-endian. Only 32-bit floats are written
 * and read.
 */
public final class SafeTensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_HEADER = 100_000_000;

  private SafeTensors() {}

  /**
   * One tensor.
   *
   * @param shape its axes
   * @param values its elements, row-major
   */
  public record Tensor(long[] shape, float[] values) {}

  /** Writes {@code tensors} to {@code file}, whole or not at all. */
  public static void write(Path file, Map<String, Tensor> tensors) {
    ObjectNode header = JSON.createObjectNode();
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
      for (long axis : entry.getValue().shape()) {
        node.withArray("shape").add(axis);
      }
      if (entry.getValue().shape().length == 0) {
        node.putArray("shape");
      }
      long end = at + (long) entry.getValue().values().length * Float.BYTES;
      node.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    AtomicFile.write(
        file,
        out -> {
          writeHeader(out, header);
          for (Tensor tensor : tensors.values()) {
            writeValues(out, tensor.values());
          }
        });
  }

  /** The header is padded with spaces, so that the values begin at a multiple of eight bytes. */
  private static void writeHeader(OutputStream out, ObjectNode header) throws IOException {
    byte[] json = JSON.writeValueAsBytes(header);
    int padding = (8 - json.length % 8) % 8;
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(0, json.length + padding).array());
    out.write(json);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
  }

  private static void writeValues(OutputStream out, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    int room = buffer.capacity() / Float.BYTES;
    for (int i = 0; i < values.length; i += room) {
      int count = Math.min(room, values.length - i);
      buffer.asFloatBuffer().put(values, i, count);
      out.write(buffer.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Reads all tensors.
   *
   * @throws BadInput when the file is absent, damaged, or holds another type
   */
  public static Map<String, Tensor> read(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long length = Long.reverseBytes(in.readLong());
      if (length < 2 || length > LARGEST_HEADER) {
        throw new BadInput(file + ": not a safetensors file");
      }
      JsonNode header = JSON.readTree(in.readNBytes((int) length));
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      long at = 0;
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (!entry.getKey().equals("__metadata__")) {
          Tensor tensor = readTensor(file, entry.getKey(), entry.getValue(), in, at);
          at += (long) tensor.values().length * Float.BYTES;
          tensors.put(entry.getKey(), tensor);
        }
      }
      return tensors;
    } catch (NoSuchFileException e) {
      throw new BadInput("there is no file " + file, e);
    } catch (EOFException | JsonProcessingException e) {
      throw new BadInput(file + ": not a safetensors file, or cut off", e);
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Tensor readTensor(
      Path file, String name, JsonNode node, DataInputStream in, long at) throws IOException {
    long[] shape = new long[node.path("shape").size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").path(i).asLong();
      count *= shape[i];
    }
    long from = node.path("data_offsets").path(0).asLong(-1);
    long to = node.path("data_offsets").path(1).asLong(-1);
    if (!node.path("dtype").asText().equals("F32")) {
      throw new BadInput(file + ": tensor '" + name + "' is not of type F32");
    }
    if (from != at || to - from != count * Float.BYTES) {
      throw new BadInput(
          file + ": tensor '" + name + "' does not have the place its shape asks for");
    }
    float[] values = new float[Math.toIntExact(count)];
    ByteBuffer buffer = ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES));
    if (buffer.remaining() < values.length * Float.BYTES) {
      throw new EOFException();
    }
    buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new Tensor(shape, values);
  }
}
