package org.yuqiao.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An open safetensors file (format: {@link SafeTensors}), whose tensors are read one by one, by any
 * number of threads.
 */
public final class TensorFile implements NamedTensors {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int CHUNK_BYTES = 1 << 18;

  /** A header is kept in memory; one of 10,000 tensors has less than 2 MiB. */
  private static final int MAX_HEADER_BYTES = 8 << 20;

  private static final int MAX_RANK = 32;
  static final String METADATA = "__metadata__";
  private static final int EXPONENT = 0x7F80_0000;
  private static final int EXPONENT_ONE = 0x0080_0000;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Entry> entries;

  private record Entry(String type, long[] shape, long from, int bytes) {
    boolean isInt8() {
      return type.equals(SafeTensors.I8);
    }

    int elements() {
      return isInt8() ? bytes : bytes / floatType().bytes();
    }

    FloatType floatType() {
      return FloatType.of(type).orElseThrow();
    }
  }

  private TensorFile(Path file, FileChannel channel, Map<String, Entry> entries) {
    this.file = file;
    this.channel = channel;
    this.entries = entries;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws InvalidInputException when it is absent, damaged or truncated, or holds another type,
   *     values that overlap, or int8 values without scales that fit
   */
  public static TensorFile open(Path file) {
    FileChannel channel = channel(file);
    try {
      return new TensorFile(file, channel, entries(file, channel));
    } catch (InvalidInputException e) {
      close(channel);
      throw e;
    } catch (JsonProcessingException e) {
      close(channel);
      throw new InvalidInputException(
          file + ": not a safetensors file: its header: " + JsonError.message(e), e);
    } catch (EOFException e) {
      close(channel);
      throw new InvalidInputException(file + ": not a safetensors file, or truncated", e);
    } catch (IOException e) {
      close(channel);
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  private static FileChannel channel(Path file) {
    try {
      return FileChannel.open(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** The tensors by name, scales included. */
  private static Map<String, Entry> entries(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(start, channel, 0);
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
    fill(header, channel, Long.BYTES);
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
        || !(hasShape(scale, QuantizedTensor.scaleShape(entry.shape(), 0))
            || hasShape(scale, QuantizedTensor.scaleShape(entry.shape(), 1)))) {
      throw new InvalidInputException(
          file + ": tensor '" + name + "' is int8, but there is no '" + wanted + "' that fits");
    }
  }

  private static boolean hasShape(Entry entry, long[] shape) {
    return Arrays.equals(entry.shape(), shape);
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

  /** The names in the order of the file, without scales. */
  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(entries.keySet());
    entries.forEach(
        (name, entry) -> {
          if (entry.isInt8()) {
            names.remove(name + SafeTensors.SCALE_SUFFIX);
          }
        });
    return Collections.unmodifiableSet(names);
  }

  /** All shapes by name. */
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    names().forEach(name -> shapes.put(name, shape(name)));
    return shapes;
  }

  @Override
  public long[] shape(String name) {
    return entries.get(name).shape().clone();
  }

  /** Whether an existing tensor is int8. */
  public boolean isQuantized(String name) {
    return entries.get(name).isInt8();
  }

  /** Whether any tensor is int8. */
  public boolean isQuantized() {
    return entries.values().stream().anyMatch(Entry::isInt8);
  }

  /**
   * Reads an existing tensor as float32, dequantizing int8.
   *
   * @param target takes the elements, row-major
   * @throws InvalidInputException when an element is not finite
   */
  public void read(String name, FloatBuffer target) {
    Entry entry = entries.get(name);
    if (entry.isInt8()) {
      quantized(name).dequantize(target);
      return;
    }
    ByteBuffer chunk =
        ByteBuffer.allocate(Math.min(CHUNK_BYTES, entry.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < entry.bytes(); done += chunk.limit()) {
      chunk.clear().limit(Math.min(CHUNK_BYTES, entry.bytes() - done));
      read(chunk, entry.from() + done);
      ByteBuffer floats = entry.floatType().toFloat32(chunk.rewind());
      requireFinite(name, floats.asIntBuffer());
      target.put(floats.asFloatBuffer());
    }
  }

  /** Refuses NaN and infinity, whose exponent bits are all ones: adding one to it overflows. */
  private void requireFinite(String name, IntBuffer bits) {
    int overflow = 0;
    for (int i = 0; i < bits.limit(); i++) {
      overflow |= (bits.get(i) & EXPONENT) + EXPONENT_ONE;
    }
    InvalidInputException.require(
        overflow >= 0,
        file + ": tensor '" + name + "' holds NaN or infinity; the training has diverged");
  }

  /**
   * Reads all tensors.
   *
   * @throws InvalidInputException when an element is not finite
   */
  public void requireFinite() {
    names().forEach(this::floats);
  }

  /** As {@link NamedTensors#floats}, dequantizing int8. */
  @Override
  public float[] floats(String name) {
    Entry entry = entries.get(name);
    FloatBuffer values = FloatBuffer.allocate(entry.elements());
    read(name, values);
    return values.array();
  }

  /** Reads an existing int8 matrix. */
  public QuantizedTensor quantized(String name) {
    Entry entry = entries.get(name);
    Entry scale = entries.get(name + SafeTensors.SCALE_SUFFIX);
    ByteBuffer values = ByteBuffer.allocate(entry.bytes());
    read(values, entry.from());
    FloatBuffer scales = FloatBuffer.allocate(scale.elements());
    read(name + SafeTensors.SCALE_SUFFIX, scales);
    int axis = hasShape(scale, QuantizedTensor.scaleShape(entry.shape(), 0)) ? 0 : 1;
    return new QuantizedTensor(shape(name), values.array(), scales.array(), axis);
  }

  private void read(ByteBuffer target, long from) {
    try {
      fill(target, channel, from);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  private static void fill(ByteBuffer target, FileChannel channel, long from) throws IOException {
    long at = from;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new EOFException();
      }
      at += count;
    }
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is lost: the file was only read.
    }
  }
}
