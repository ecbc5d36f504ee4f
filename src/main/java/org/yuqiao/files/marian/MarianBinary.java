package org.yuqiao.files.marian;

import static org.yuqiao.files.InvalidInputException.require;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.NamedTensors;

/**
 * A binary model file of the Marian toolkit ({@code .bin}), plain or compressed with gzip.
 *
 * <p>Little-endian: uint64 version 1 and the number of items; for each item uint64 length of its
 * name, type, rank and bytes of data; all names, each with a final zero; all shapes, int32; uint64
 * gap and as many bytes; all data. An int8 matrix of intgemm is stored as its transpose, an
 * embedding as it is; a float32 multiplier follows, by which weights were multiplied before they
 * were rounded.
 */
public final class MarianBinary implements NamedTensors {
  /** The item that holds the settings of the model, as YAML. */
  private static final String SETTINGS = "special:model.yml";

  private static final int MAX_BYTES = 1 << 30;
  private static final int MAX_ITEMS = 100_000;
  private static final int MAX_NAME = 1000;
  private static final int MAX_RANK = 8;
  private static final int HEADER_BYTES = 32;

  private final Path file;
  private final ByteBuffer data;
  private final Map<String, MarianItem> items = new LinkedHashMap<>();

  private MarianBinary(Path file, ByteBuffer data) {
    this.file = file;
    this.data = data.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a file whole.
   *
   * @throws InvalidInputException when it is missing, damaged, or no such file
   */
  public static MarianBinary open(Path file) {
    int max = (int) Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / 3);
    try (InputStream in = InputFile.open(file)) {
      byte[] bytes = in.readNBytes(max);
      require(
          bytes.length < max,
          String.format(
              Locale.ROOT, "%s has more than %,d bytes, which do not fit into memory", file, max));
      MarianBinary opened = new MarianBinary(file, ByteBuffer.wrap(bytes));
      opened.readItems();
      return opened;
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  private void readItems() {
    require(
        data.remaining() >= 16 && data.getLong() == 1,
        file + " is no binary model file of Marian: it does not begin with version 1");
    int count = (int) limited("number of items", 1, MAX_ITEMS);
    requireBytes((long) count * HEADER_BYTES);
    long[][] headers = new long[count][];
    for (int i = 0; i < count; i++) {
      headers[i] =
          new long[] {
            limited("length of a name", 1, MAX_NAME),
            data.getLong(),
            limited("rank", 0, MAX_RANK),
            limited("number of bytes", 0, MAX_BYTES)
          };
    }
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[(int) headers[i][0]];
      requireBytes(name.length);
      data.get(name);
      names[i] = new String(name, 0, name.length - 1, StandardCharsets.UTF_8);
    }
    int[][] shapes = new int[count][];
    for (int i = 0; i < count; i++) {
      shapes[i] = new int[(int) headers[i][2]];
      requireBytes(4L * shapes[i].length);
      for (int axis = 0; axis < shapes[i].length; axis++) {
        shapes[i][axis] = data.getInt();
        require(
            shapes[i][axis] > 0,
            file + ": '" + names[i] + "' has an axis of the size " + shapes[i][axis]);
      }
    }
    requireBytes(8);
    skip(limited("gap before the data", 0, MAX_BYTES));
    for (int i = 0; i < count; i++) {
      add(new MarianItem(names[i], headers[i][1], shapes[i], data.position(), (int) headers[i][3]));
    }
  }

  private void add(MarianItem item) {
    skip(item.bytes());
    require(items.put(item.name(), item) == null, file + ": '" + item.name() + "' occurs twice");
    require(
        item.isTensor() || item.type() == MarianItem.INT8,
        String.format(
            "%s: '%s' has the type 0x%x; expected float32 (0x404) or int8 of intgemm (0x4101)",
            file, item.name(), item.type()));
    require(
        fits(item),
        String.format(
            Locale.ROOT,
            "%s: '%s' has %,d bytes, too few for its shape %s",
            file,
            item.name(),
            item.bytes(),
            text(item.shape())));
  }

  private static boolean fits(MarianItem item) {
    try {
      return item.needed() <= item.bytes();
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static String text(int[] shape) {
    return IntStream.of(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private long limited(String name, long min, long max) {
    long value = data.getLong();
    require(
        value >= min && value <= max,
        String.format(
            "%s is damaged: %s %s, expected %d to %d",
            file, name, Long.toUnsignedString(value), min, max));
    return value;
  }

  private void requireBytes(long count) {
    require(data.remaining() >= count, file + " is truncated");
  }

  private void skip(long count) {
    requireBytes(count);
    data.position(data.position() + (int) count);
  }

  /**
   * The settings of the model as YAML.
   *
   * @throws InvalidInputException when the file has none, or they are no UTF-8
   */
  public String settings() {
    MarianItem item = items.get(SETTINGS);
    require(item != null, file + ": there is no '" + SETTINGS + "', the settings of the model");
    byte[] bytes = new byte[item.bytes()];
    data.get(item.start(), bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    require(text.indexOf('\uFFFD') < 0, file + ": '" + SETTINGS + "', the settings, is no UTF-8");
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The names of all tensors; other data is not among them. */
  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    items.values().stream().filter(MarianItem::isTensor).forEach(item -> names.add(item.name()));
    return names;
  }

  @Override
  public long[] shape(String name) {
    return IntStream.of(items.get(name).shape()).asLongStream().toArray();
  }

  @Override
  public float[] floats(String name) {
    MarianItem item = items.get(name);
    float[] values = item.type() == MarianItem.FLOAT32 ? plain(item) : dequantized(item);
    for (float value : values) {
      require(Float.isFinite(value), file + ": the tensor '" + name + "' has a value " + value);
    }
    return values;
  }

  private float[] plain(MarianItem item) {
    float[] values = new float[(int) item.elements()];
    data.slice(item.start(), 4 * values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private float[] dequantized(MarianItem item) {
    float[] values = new float[(int) item.elements()];
    float multiplier = data.getFloat(item.start() + values.length);
    require(
        multiplier > 0 && Float.isFinite(multiplier),
        file + ": the tensor '" + item.name() + "' has the multiplier " + multiplier);
    int columns = item.shape().length == 0 ? 1 : item.shape()[item.shape().length - 1];
    boolean transposed = !item.name().contains("Wemb");
    int rows = values.length / columns;
    for (int i = 0; i < values.length; i++) {
      int at = transposed ? i % columns * rows + i / columns : i;
      values[i] = data.get(item.start() + at) / multiplier;
    }
    return values;
  }

  @Override
  public void close() {
    // read whole
  }
}
