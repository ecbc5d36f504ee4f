package org.yuqiao.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * An open safetensors file (format: {@link SafeTensors}), whose tensors are read one by one, by any
 * number of threads.
 */
public final class TensorFile implements NamedTensors {
  private static final int CHUNK_BYTES = 1 << 18;

  private static final int EXPONENT = 0x7F80_0000;
  private static final int EXPONENT_ONE = 0x0080_0000;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, TensorHeader.Entry> entries;

  private TensorFile(Path file, FileChannel channel, Map<String, TensorHeader.Entry> entries) {
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
      return new TensorFile(file, channel, TensorHeader.read(file, channel));
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
    return entries.values().stream().anyMatch(TensorHeader.Entry::isInt8);
  }

  /**
   * Reads an existing tensor as float32, dequantizing int8.
   *
   * @param target takes the elements, row-major
   * @throws InvalidInputException when an element is not finite
   */
  public void read(String name, FloatBuffer target) {
    TensorHeader.Entry entry = entries.get(name);
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
    TensorHeader.Entry entry = entries.get(name);
    FloatBuffer values = FloatBuffer.allocate(entry.elements());
    read(name, values);
    return values.array();
  }

  /** Reads an existing int8 matrix. */
  public QuantizedTensor quantized(String name) {
    TensorHeader.Entry entry = entries.get(name);
    TensorHeader.Entry scale = entries.get(name + SafeTensors.SCALE_SUFFIX);
    ByteBuffer values = ByteBuffer.allocate(entry.bytes());
    read(values, entry.from());
    FloatBuffer scales = FloatBuffer.allocate(scale.elements());
    read(name + SafeTensors.SCALE_SUFFIX, scales);
    int axis = scale.hasShape(QuantizedTensor.scaleShape(entry.shape(), 0)) ? 0 : 1;
    return new QuantizedTensor(shape(name), values.array(), scales.array(), axis);
  }

  private void read(ByteBuffer target, long from) {
    try {
      fill(target, channel, from);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** Reads as many bytes as {@code target} takes. */
  static void fill(ByteBuffer target, FileChannel channel, long from) throws IOException {
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
