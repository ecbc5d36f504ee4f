package org.yuqiao.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  @TempDir private Path folder;

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "old");
    assertThrows(
        InvalidInputException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write('n');
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(file));
    assertFalse(Files.exists(folder.resolve("a.txt.tmp")));
  }

  @Test
  void linesEndAtLineFeedsOnly() {
    byte[] bytes = "\uFEFFa\rb\r\nc\u2028d\n\ne".getBytes(StandardCharsets.UTF_8);
    try (Utf8Lines lines = new Utf8Lines(new ByteArrayInputStream(bytes), "here")) {
      assertEquals(Optional.of("a\rb"), lines.next());
      assertEquals(Optional.of("c\u2028d"), lines.next());
      assertEquals(Optional.of(""), lines.next());
      assertEquals(Optional.of("e"), lines.next());
      assertEquals(4, lines.lineNumber());
      assertEquals(Optional.empty(), lines.next());
    }
  }

  @Test
  void lenientLinesKeepTheirNumberDespiteInvalidBytes() {
    byte[] bytes = {'a', '\n', (byte) 0xFF, 'b', '\n', 0, '\n', (byte) 0xC3, '\n', 'c'};
    List<String> warnings = new ArrayList<>();
    try (Utf8Lines lines =
        Utf8Lines.lenient(new ByteArrayInputStream(bytes), "here", warnings::add)) {
      assertEquals(Optional.of("a"), lines.next());
      assertEquals(Optional.of("\uFFFDb"), lines.next());
      assertEquals(Optional.of("\0"), lines.next());
      assertEquals(Optional.of("\uFFFD"), lines.next());
      assertEquals(Optional.of("c"), lines.next());
      assertEquals(Optional.empty(), lines.next());
    }
    assertEquals(List.of("here, line 2: not valid UTF-8; invalid bytes are replaced"), warnings);
  }

  private static Map<String, SafeTensors.Tensor> tensors() {
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", new SafeTensors.Tensor(new long[] {2, 2}, new float[] {1, 2, 3, 4}));
    tensors.put("b", new SafeTensors.Tensor(new long[] {1}, new float[] {-0.5f}));
    return tensors;
  }

  @Test
  void tensorsComeBackWithTheirShapes() {
    Path file = folder.resolve("t.safetensors");
    SafeTensors.write(file, tensors());
    Map<String, SafeTensors.Tensor> read = SafeTensors.read(file);
    assertArrayEquals(new long[] {2, 2}, read.get("a").shape());
    assertArrayEquals(new float[] {1, 2, 3, 4}, read.get("a").values());
    assertArrayEquals(new float[] {-0.5f}, read.get("b").values());
  }

  @Test
  void singleTensorsAreRead() throws IOException {
    Path file = folder.resolve("t.safetensors");
    Map<String, SafeTensors.Tensor> tensors = tensors();
    float[] many = new float[200_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    tensors.put("many", new SafeTensors.Tensor(new long[] {2, 100_000}, many));
    SafeTensors.write(file, tensors);
    FloatBuffer a = FloatBuffer.allocate(4);
    FloatBuffer rest = FloatBuffer.allocate(many.length);
    try (TensorFile open = TensorFile.open(file)) {
      open.read("many", rest);
      open.read("a", a);
      assertArrayEquals(new long[] {2, 100_000}, open.shape("many"));
      assertFalse(open.isQuantized("a"));
    }
    assertArrayEquals(new float[] {1, 2, 3, 4}, a.array());
    assertArrayEquals(many, rest.array());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertThrows(InvalidInputException.class, () -> TensorFile.open(file));
  }

  @Test
  void int8TensorsWithoutFittingScalesAreRefused() throws IOException {
    Path file = folder.resolve("q.safetensors");
    assertTrue(isQuantizedAfterWriting(file, new float[] {1, 2, 3, 4}, Map.of("a", 0)));
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("a.scale", "a.skale");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(InvalidInputException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(message.contains("no 'a.scale' that fits"), message);
  }

  @Test
  void int8TensorsAreDequantizedWhenRead() {
    Path file = folder.resolve("q.safetensors");
    // Rows have the scales 2 / 127 and 0; 1 is 63.5 of 127 and becomes 64.
    float[] values = {-2, 1, 0, 0};
    QuantizedTensor rows = QuantizedTensor.of(new long[] {2, 2}, FloatBuffer.wrap(values), 0);
    assertArrayEquals(new byte[] {-127, 64, 0, 0}, rows.values());
    assertFalse(isQuantizedAfterWriting(file, values, Map.of()));
    assertTrue(isQuantizedAfterWriting(file, values, Map.of("a", 0)));
    Map<String, SafeTensors.Tensor> read = SafeTensors.read(file);
    assertEquals(List.of("a", "b"), List.copyOf(read.keySet()));
    assertArrayEquals(new float[] {-2, 128 / 127f, 0, 0}, read.get("a").values(), 1e-6f);
    assertArrayEquals(new float[] {-0.5f}, read.get("b").values());
    assertTrue(isQuantizedAfterWriting(file, values, Map.of("a", 1)));
    assertArrayEquals(values, SafeTensors.read(file).get("a").values(), 1e-6f);
  }

  @Test
  void transposingKeepsTheScalesOfTheChannels() {
    float[] values = {-2, 1, 3, 0, 5, 0.5f};
    QuantizedTensor rows = QuantizedTensor.of(new long[] {2, 3}, FloatBuffer.wrap(values), 0);
    QuantizedTensor columns = rows.transposed();
    float[] turned = {-2, 0, 1, 5, 3, 0.5f};
    QuantizedTensor expected = QuantizedTensor.of(new long[] {3, 2}, FloatBuffer.wrap(turned), 1);
    assertArrayEquals(expected.shape(), columns.shape());
    assertArrayEquals(expected.values(), columns.values());
    assertArrayEquals(expected.scales(), columns.scales());
    assertEquals(1, columns.axis());
    assertArrayEquals(rows.values(), columns.transposed().values());
  }

  private static boolean isQuantizedAfterWriting(
      Path file, float[] values, Map<String, Integer> axes) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("a", new long[] {2, 2});
    shapes.put("b", new long[] {1});
    float[] b = {-0.5f};
    SafeTensors.write(file, shapes, axes, name -> FloatBuffer.wrap(name.equals("a") ? values : b));
    return SafeTensors.isQuantized(file);
  }

  @Test
  void bytesFollowTheFormat() throws IOException {
    Path file = folder.resolve("t.safetensors");
    SafeTensors.write(file, tensors());
    byte[] bytes = Files.readAllBytes(file);
    int header = (bytes[0] & 0xFF) | ((bytes[1] & 0xFF) << 8);
    String json = new String(bytes, 8, header, StandardCharsets.UTF_8);
    assertTrue(
        json.startsWith("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}"));
    assertEquals(0, (8 + header) % 8);
    assertEquals(8 + header + 20, bytes.length);
    // 1.0f little-endian
    assertEquals(0x3F, bytes[8 + header + 3]);
  }

  @Test
  void truncatedAndForeignFilesAreRefusedByName() throws IOException {
    Path file = folder.resolve("t.safetensors");
    SafeTensors.write(file, tensors());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> SafeTensors.read(file))
            .getMessage()
            .contains("t.safetensors"));
    Files.writeString(file, "hello, this is no tensor at all");
    assertThrows(InvalidInputException.class, () -> SafeTensors.read(file));
    assertThrows(InvalidInputException.class, () -> SafeTensors.read(folder.resolve("none")));
  }

  /** Writes a safetensors file with this header and so many zero bytes of values. */
  private Path raw(String header, int bytes) throws IOException {
    Path file = folder.resolve("raw.safetensors");
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(8 + json.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, content.putLong(json.length).put(json).array());
    return file;
  }

  private static String tensor(String name, String shape, long from, long to) {
    return String.format(
        "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}", name, shape, from, to);
  }

  @Test
  void tensorsMayBeDeclaredInAnyOrder() throws IOException {
    String header = "{" + tensor("b", "[2]", 4, 12) + "," + tensor("a", "[1]", 0, 4) + "}";
    Path file = raw(header, 12);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 8, 7);
    Files.write(file, bytes);
    Map<String, SafeTensors.Tensor> read = SafeTensors.read(file);
    assertEquals(List.of("a", "b"), List.copyOf(read.keySet()));
    assertArrayEquals(new float[] {7, 0}, read.get("b").values());
  }

  @Test
  void headersThatContradictTheValuesAreRefused() throws IOException {
    Map<String, String> problems = new LinkedHashMap<>();
    problems.put(tensor("a", "[2]", 0, 8) + "," + tensor("b", "[1]", 4, 8), "the one before it");
    problems.put(tensor("a", "[1]", 0, 4) + "," + tensor("b", "[1]", 8, 12), "the one before it");
    problems.put(tensor("a", "[1]", 4, 8), "begins at byte 4");
    problems.put(tensor("a", "[1]", 0, 4), "8 bytes behind the last tensor");
    problems.put(tensor("a", "[9]", 0, 36), "truncated");
    problems.put(tensor("a", "[4294967296,4294967296]", 0, 0), "at most 2147483647 bytes");
    problems.put(tensor("a", "[-1,-3]", 0, 12), "axes of 0 or more");
    problems.put(tensor("a", "[1.5]", 0, 4), "axes of 0 or more");
    problems.put(tensor("a", "[3]", -4, 8), "contradict its shape");
    problems.put(tensor("a", "[3]", 0, 12) + "," + tensor("a", "[3]", 0, 12), "occurs twice");
    problems.put("\"a\":3", "neither F32");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      Path file = raw("{" + problem.getKey() + "}", 12);
      String message =
          assertThrows(InvalidInputException.class, () -> SafeTensors.read(file)).getMessage();
      assertTrue(message.contains(problem.getValue()), message);
      assertTrue(message.contains("raw.safetensors"), message);
    }
    Path list = raw("[1]", 12);
    assertThrows(InvalidInputException.class, () -> SafeTensors.read(list));
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Path file = folder.resolve("t.safetensors");
      float[] many = new float[100_000];
      Arrays.fill(many, -Float.MAX_VALUE);
      many[99_999] = bad;
      SafeTensors.write(
          file, Map.of("w", new SafeTensors.Tensor(new long[] {1, many.length}, many)));
      String message =
          assertThrows(InvalidInputException.class, () -> SafeTensors.read(file)).getMessage();
      assertTrue(message.contains("tensor 'w' holds NaN or infinity"), message);
    }
  }

  @Test
  void aFailedWriteLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("out/a.txt");
    assertThrows(
        InvalidInputException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  throw new InvalidInputException("bad content");
                }));
    String message =
        assertThrows(
                InvalidInputException.class,
                () ->
                    AtomicFile.write(
                        file,
                        out -> {
                          throw new IOException("No space left on device");
                        }))
            .getMessage();
    assertTrue(message.endsWith("a.txt: No space left on device"), message);
    try (Stream<Path> entries = Files.list(folder.resolve("out"))) {
      assertEquals(0, entries.count());
    }
  }

  @Test
  void reasonsOfErrorsAreNamedAndNotOnlyTheFile() {
    assertEquals("permission denied", IoError.message(new AccessDeniedException("/a")));
    assertEquals("no such file or folder", IoError.message(new NoSuchFileException("/a")));
    assertEquals(
        "Read-only file system",
        IoError.message(new FileSystemException("/a", null, "Read-only file system")));
    assertEquals("disk", IoError.message(new UncheckedIOException(new IOException("disk"))));
  }
}
