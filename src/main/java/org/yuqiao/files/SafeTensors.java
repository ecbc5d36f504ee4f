package org.yuqiao.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header (name, type,
 * shape and offsets of every tensor), then the values, little-endian.
 *
 * <p>Supported are float32 tensors and int8 matrices: one named {@code w} has its scales in {@code
 * w.scale}, {@code [R, 1]} for one per row or {@code [1, C]} for one per column.
 */
public final class SafeTensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String F32 = "F32";
  static final String I8 = "I8";
  static final String SCALE_SUFFIX = ".scale";

  private SafeTensors() {}

  /**
   * One tensor.
   *
   * @param shape its axes
   * @param values its elements, row-major
   */
  public record Tensor(long[] shape, float[] values) {}

  /** Writes {@code tensors} to {@code file} atomically. */
  public static void write(Path file, Map<String, Tensor> tensors) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    write(file, shapes, Map.of(), name -> FloatBuffer.wrap(tensors.get(name).values()));
  }

  /**
   * Writes tensors to {@code file} atomically, one in memory at a time, some of them quantized.
   *
   * @param shapes of all tensors, in the order of the file
   * @param axes the axis of the scales of each tensor to quantize to int8
   * @param values returns the elements of a tensor, row-major
   */
  public static void write(
      Path file,
      Map<String, long[]> shapes,
      Map<String, Integer> axes,
      Function<String, FloatBuffer> values) {
    write(file, shapes, axes, Map.of(), values);
  }

  /**
   * Writes tensors as the other method does.
   *
   * @param metadata of the header, as {@code format} for Hugging Face Transformers
   */
  public static void write(
      Path file,
      Map<String, long[]> shapes,
      Map<String, Integer> axes,
      Map<String, String> metadata,
      Function<String, FloatBuffer> values) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      header.set(TensorHeader.METADATA, JSON.valueToTree(metadata));
    }
    long at = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      String name = entry.getKey();
      long[] shape = entry.getValue();
      if (axes.containsKey(name)) {
        at = declare(header, name, I8, shape, at);
        long[] scales = QuantizedTensor.scaleShape(shape, axes.get(name));
        at = declare(header, name + SCALE_SUFFIX, F32, scales, at);
      } else {
        at = declare(header, name, F32, shape, at);
      }
    }
    AtomicFile.write(
        file,
        out -> {
          writeHeader(out, header);
          for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
            FloatBuffer floats = values.apply(entry.getKey());
            if (axes.containsKey(entry.getKey())) {
              int axis = axes.get(entry.getKey());
              QuantizedTensor quantized = QuantizedTensor.of(entry.getValue(), floats, axis);
              out.write(quantized.values());
              writeValues(out, FloatBuffer.wrap(quantized.scales()));
            } else {
              writeValues(out, floats);
            }
          }
        });
  }

  /** Adds a tensor that begins at {@code at} to the header; returns its end. */
  private static long declare(ObjectNode header, String name, String type, long[] shape, long at) {
    ObjectNode node = header.putObject(name).put("dtype", type);
    ArrayNode axes = node.putArray("shape");
    long size = type.equals(F32) ? Float.BYTES : 1;
    for (long axis : shape) {
      axes.add(axis);
      size *= axis;
    }
    node.putArray("data_offsets").add(at).add(at + size);
    return at + size;
  }

  /** Pads the header with spaces, so that the values begin at a multiple of eight bytes. */
  private static void writeHeader(OutputStream out, ObjectNode header) throws IOException {
    byte[] json = JSON.writeValueAsBytes(header);
    int padding = (8 - json.length % 8) % 8;
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(0, json.length + padding).array());
    out.write(json);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
  }

  private static void writeValues(OutputStream out, FloatBuffer values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer piece = buffer.asFloatBuffer();
    for (int i = 0; i < values.limit(); i += piece.capacity()) {
      int count = Math.min(piece.capacity(), values.limit() - i);
      piece.clear().put(values.slice(i, count));
      out.write(buffer.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Reads all tensors as float32, int8 ones dequantized.
   *
   * @throws InvalidInputException as {@link TensorFile#open} does
   */
  public static Map<String, Tensor> read(Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (TensorFile open = TensorFile.open(file)) {
      for (String name : open.names()) {
        tensors.put(name, new Tensor(open.shape(name), open.floats(name)));
      }
    }
    return tensors;
  }

  /**
   * Whether {@code file} holds int8 tensors.
   *
   * @throws InvalidInputException as {@link TensorFile#open} does
   */
  public static boolean isQuantized(Path file) {
    try (TensorFile open = TensorFile.open(file)) {
      return open.isQuantized();
    }
  }
}
