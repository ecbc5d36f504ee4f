package org.yuqiao.files;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The header of a safetensors file (format: {@link SafeTensors}): its tensors and their places. */
final class TensorHeader {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A header is kept in memory; one of 10,000 tensors has less than 2 MiB. */
  private static final int MAX_HEADER_BYTES = 8 << 20;

  private static final int MAX_RANK = 32;
  static final String METADATA = "__metadata__";

  private TensorHeader() {}

  /**
   * A tensor of the file.
   *
   * @param from the position of its first byte
   */
  record Entry(String type, long[] shape, long from, int bytes) {
    boolean isInt8() {
      return type.equals(SafeTensors.I8);
    }

    int elements() {
      return isInt8() ? bytes : bytes / floatType().bytes();
    }

    boolean hasShape(long[] other) {
      return Arrays.equals(shape, other);
    }

    FloatType floatType() {
      return FloatType.of(type).orElseThrow();
    }
  }

  /**
   * The tensors by name, scales included.
   *
   * @throws EOFException when the file is shorter than its header
   * @throws InvalidInputException when the header contradicts itself or the size of the file
   */
  static Map<String, Entry> read(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    TensorFile.fill(start, channel, 0);
    long length = start.getLong(0);
    long max = Math.min(MAX_HEADER_BYTES, channel.size() - Long.BYTES);
    InvalidInputException.require(
        length >= 2 && length <= max,
        String.format(
            Locale.ROOT,
            "%s: not a safetensors file, or truncated: its first 8 bytes say that the header has %s"
                + " bytes; expected 2 to %d",
            file,
            Long.toUnsignedString(length),
            Math.max(2, max)));
    ByteBuffer header = ByteBuffer.allocate((int) length);
    TensorFile.fill(header, channel, Long.BYTES);
    long begin = Long.BYTES + length;
    JsonNode root = JSON.readTree(header.array());
    InvalidInputException.require(
        root.isObject(), file + ": not a safetensors file: its header is no JSON object");
    Map<String, Entry> declared = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        declared.put(entry.getKey(), entry(file, entry.getKey(), entry.getValue(), begin));
      }
    }
    Map<String, Entry> entries = inOrder(file, declared, begin, channel.size());
    entries.keySet().forEach(name -> requireScales(file, name, entries));
    return entries;
  }

  /**
   * The tensors in the order of their values, which the header need not have.
   *
   * @throws InvalidInputException when values overlap, or bytes belong to no tensor
   */
  private static Map<String, Entry> inOrder(
      Path file, Map<String, Entry> declared, long begin, long end) {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(declared.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> entry) -> entry.getValue().from())
            .thenComparingInt(entry -> entry.getValue().bytes()));
    Map<String, Entry> entries = new LinkedHashMap<>();
    long at = begin;
    for (Map.Entry<String, Entry> entry : sorted) {
      long from = entry.getValue().from();
      InvalidInputException.require(
          from == at,
          file
              + ": tensor '"
              + entry.getKey()
              + "' begins at byte "
              + (from - begin)
              + " of the values, but the one before it ends at byte "
              + (at - begin));
      at += entry.getValue().bytes();
      entries.put(entry.getKey(), entry.getValue());
    }
    InvalidInputException.require(
        end >= at,
        file
            + ": not a safetensors file, or truncated: its tensors end at byte "
            + at
            + ", but it has "
            + end
            + " bytes");
    InvalidInputException.require(
        end == at, file + ": " + (end - at) + " bytes behind the last tensor belong to none");
    return entries;
  }

  private static void requireScales(Path file, String name, Map<String, Entry> entries) {
    Entry entry = entries.get(name);
    if (!entry.isInt8()) {
      return;
    }
    String wanted = name + SafeTensors.SCALE_SUFFIX;
    Entry scale = entries.get(wanted);
    if (scale == null
        || !(scale.hasShape(QuantizedTensor.scaleShape(entry.shape(), 0))
            || scale.hasShape(QuantizedTensor.scaleShape(entry.shape(), 1)))) {
      throw new InvalidInputException(
          file + ": tensor '" + name + "' is int8, but there is no '" + wanted + "' that fits");
    }
  }

  /** A tensor as the header declares it. */
  private static Entry entry(Path file, String name, JsonNode node, long begin) {
    String type = node.path("dtype").asText();
    JsonNode axes = node.path("shape");
    Optional<FloatType> floats = FloatType.of(type);
    if (floats.isEmpty() && !(type.equals(SafeTensors.I8) && axes.size() == 2)) {
      throw new InvalidInputException(
          file + ": tensor '" + name + "' is neither F32, F16, BF16 or F64 nor an I8 matrix");
    }
    InvalidInputException.require(
        axes.isArray() && axes.size() <= MAX_RANK,
        file
            + ": tensor '"
            + name
            + "' has "
            + (axes.isArray() ? "a shape of " + axes.size() + " axes" : "no shape")
            + "; expected a list of at most "
            + MAX_RANK
            + " axes");
    long bytes = floats.map(FloatType::bytes).orElse(1);
    long[] shape = new long[axes.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = number(axes, i);
      boolean fits =
          shape[i] >= 0
              && shape[i] <= Integer.MAX_VALUE
              && (shape[i] == 0 || bytes <= Integer.MAX_VALUE / shape[i]);
      InvalidInputException.require(
          fits,
          file
              + ": tensor '"
              + name
              + "' has the shape "
              + axes
              + "; expected axes of 0 or more and at most "
              + Integer.MAX_VALUE
              + " bytes");
      bytes *= shape[i];
    }
    JsonNode offsets = node.path("data_offsets");
    long from = number(offsets, 0);
    long to = number(offsets, 1);
    InvalidInputException.require(
        offsets.size() == 2 && from >= 0 && from <= Long.MAX_VALUE - begin && to - from == bytes,
        file
            + ": tensor '"
            + name
            + "' has data_offsets that contradict its shape: expected two that are "
            + bytes
            + " bytes apart, not "
            + offsets);
    return new Entry(type, shape, begin + from, (int) bytes);
  }

  /** A whole number of a list; -1 where there is none. */
  private static long number(JsonNode list, int index) {
    JsonNode number = list.path(index);
    return number.isIntegralNumber() && number.canConvertToLong() ? number.asLong() : -1;
  }
}
