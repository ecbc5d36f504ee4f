package org.yuqiao.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header (name, type,
 * shape and place of every tensor), then the values, little-endian. 32-bit floats are written and
 * read, and matrices of 8-bit integers: one called {@code w} has its factors in {@code w.scale},
 * {@code [R, 1]} for one a row or {@code [1, C]} for one a column.
 */
public final class SafeTensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PIECE = 1 << 18;
  private static final int LARGEST_HEADER = 100_000_000;
  private static final String FLOATS = "F32";
  private static final String INTEGERS = "I8";
  private static final String SCALE = ".scale";
  private static final String METADATA = "__metadata__";

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
    write(file, tensors, Map.of());
  }

  /**
   * The same, with some of them as integers.
   *
   * @param quantised for the names of some of {@code tensors} what is written in their place
   */
  public static void write(
      Path file, Map<String, Tensor> tensors, Map<String, QuantisedTensor> quantised) {
    ObjectNode header = JSON.createObjectNode();
    List<Content> contents = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      String name = entry.getKey();
      if (quantised.containsKey(name)) {
        QuantisedTensor integers = quantised.get(name);
        at = declare(header, name, INTEGERS, integers.shape(), at);
        contents.add(out -> out.write(integers.values()));
        at = declare(header, name + SCALE, FLOATS, integers.scaleShape(), at);
        contents.add(out -> writeValues(out, integers.scales()));
      } else {
        at = declare(header, name, FLOATS, entry.getValue().shape(), at);
        contents.add(out -> writeValues(out, entry.getValue().values()));
      }
    }
    AtomicFile.write(
        file,
        out -> {
          writeHeader(out, header);
          for (Content content : contents) {
            content.write(out);
          }
        });
  }

  /** The values of a tensor. */
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Notes a tensor that begins at {@code at}; gives where it ends. */
  private static long declare(ObjectNode header, String name, String type, long[] shape, long at) {
    ObjectNode node = header.putObject(name).put("dtype", type);
    ArrayNode axes = node.putArray("shape");
    long size = type.equals(FLOATS) ? Float.BYTES : 1;
    for (long axis : shape) {
      axes.add(axis);
      size *= axis;
    }
    node.putArray("data_offsets").add(at).add(at + size);
    return at + size;
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
   * Reads all tensors, integers as the floats they stand for.
   *
   * @throws BadInput when the file is absent, damaged, or holds another type
   */
  public static Map<String, Tensor> read(Path file) {
    try (DataInputStream in = open(file)) {
      JsonNode header = readHeader(file, in);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      Map<String, byte[]> integers = new LinkedHashMap<>();
      long at = 0;
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        String name = entry.getKey();
        if (name.equals(METADATA)) {
          continue;
        }
        long[] shape = shape(entry.getValue());
        String type = entry.getValue().path("dtype").asText();
        int bytes = bytes(file, name, type, shape, entry.getValue(), at);
        byte[] values = in.readNBytes(bytes);
        if (values.length < bytes) {
          throw new EOFException();
        }
        at += bytes;
        if (type.equals(INTEGERS)) {
          integers.put(name, values);
          tensors.put(name, new Tensor(shape, new float[0]));
        } else {
          tensors.put(name, new Tensor(shape, floats(values)));
        }
      }
      integers.forEach((name, values) -> scale(file, name, values, tensors));
      return tensors;
    } catch (EOFException | JsonProcessingException e) {
      throw new BadInput(file + ": not a safetensors file, or cut off", e);
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Where a tensor's values go. */
  public interface Places {
    /** Memory for the tensor {@code name}, or none if nobody wants it. */
    Optional<FloatBuffer> of(String name, long[] shape);
  }

  /**
   * Reads the tensors of a file without integers, each into its place, with no copy beside it.
   *
   * @throws BadInput as {@link #read} does
   */
  public static void readInto(Path file, Places places) {
    try (DataInputStream in = open(file)) {
      JsonNode header = readHeader(file, in);
      byte[] piece = new byte[PIECE];
      long at = 0;
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        String name = entry.getKey();
        if (name.equals(METADATA)) {
          continue;
        }
        long[] shape = shape(entry.getValue());
        String type = entry.getValue().path("dtype").asText();
        if (!type.equals(FLOATS)) {
          throw new BadInput(file + ": tensor '" + name + "' is not of type F32");
        }
        int bytes = bytes(file, name, type, shape, entry.getValue(), at);
        Optional<FloatBuffer> place = places.of(name, shape);
        for (int from = 0; from < bytes; from += PIECE) {
          int count = Math.min(PIECE, bytes - from);
          in.readFully(piece, 0, count);
          FloatBuffer floats =
              ByteBuffer.wrap(piece, 0, count).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
          place.ifPresent(target -> target.put(floats));
        }
        at += bytes;
      }
    } catch (EOFException | JsonProcessingException e) {
      throw new BadInput(file + ": not a safetensors file, or cut off", e);
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether {@code file} holds integers. */
  public static boolean isQuantised(Path file) {
    try (DataInputStream in = open(file)) {
      for (JsonNode node : readHeader(file, in)) {
        if (node.path("dtype").asText().equals(INTEGERS)) {
          return true;
        }
      }
      return false;
    } catch (EOFException | JsonProcessingException e) {
      throw new BadInput(file + ": not a safetensors file, or cut off", e);
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    try {
      return new DataInputStream(Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new BadInput("there is no file " + file, e);
    }
  }

  private static JsonNode readHeader(Path file, DataInputStream in) throws IOException {
    long length = Long.reverseBytes(in.readLong());
    if (length < 2 || length > LARGEST_HEADER) {
      throw new BadInput(file + ": not a safetensors file");
    }
    return JSON.readTree(in.readNBytes((int) length));
  }

  private static long[] shape(JsonNode node) {
    long[] shape = new long[node.path("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").path(i).asLong();
    }
    return shape;
  }

  /** How many bytes the tensor has, which must begin at {@code at}. */
  private static int bytes(
      Path file, String name, String type, long[] shape, JsonNode node, long at) {
    boolean isMatrixOfIntegers = type.equals(INTEGERS) && shape.length == 2;
    if (!type.equals(FLOATS) && !isMatrixOfIntegers) {
      throw new BadInput(
          file + ": tensor '" + name + "' is neither of type F32 nor a matrix of type I8");
    }
    long bytes = type.equals(FLOATS) ? Float.BYTES : 1;
    for (long axis : shape) {
      bytes *= axis;
    }
    long from = node.path("data_offsets").path(0).asLong(-1);
    long to = node.path("data_offsets").path(1).asLong(-1);
    if (from != at || to - from != bytes) {
      throw new BadInput(
          file + ": tensor '" + name + "' does not have the place its shape asks for");
    }
    return Math.toIntExact(bytes);
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Puts the floats in place of the integers and takes their factors away. */
  private static void scale(Path file, String name, byte[] values, Map<String, Tensor> tensors) {
    long[] shape = tensors.get(name).shape();
    Tensor scale = tensors.remove(name + SCALE);
    boolean ofRows = scale != null && Arrays.equals(scale.shape(), new long[] {shape[0], 1});
    boolean ofColumns = scale != null && Arrays.equals(scale.shape(), new long[] {1, shape[1]});
    if (!ofRows && !ofColumns) {
      throw new BadInput(
          file + ": tensor '" + name + "' has integers, but no '" + name + SCALE + "' that fits");
    }
    int axis = ofRows ? 0 : 1;
    tensors.put(name, new QuantisedTensor(shape, values, scale.values(), axis).floats());
  }
}
