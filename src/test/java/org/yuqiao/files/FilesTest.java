package org.yuqiao.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  @TempDir private Path folder;

  @Test
  void aFileWhoseWritingFailsIsLeftAsItWas() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "old");
    assertThrows(
        BadInput.class,
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
  void forgivingLinesKeepTheirNumberWhateverTheBytes() {
    byte[] bytes = {'a', '\n', (byte) 0xFF, 'b', '\n', 0, '\n', (byte) 0xC3, '\n', 'c'};
    List<String> complaints = new ArrayList<>();
    try (Utf8Lines lines =
        Utf8Lines.forgiving(new ByteArrayInputStream(bytes), "here", complaints::add)) {
      assertEquals(Optional.of("a"), lines.next());
      assertEquals(Optional.of("\uFFFDb"), lines.next());
      assertEquals(Optional.of("\0"), lines.next());
      assertEquals(Optional.of("\uFFFD"), lines.next());
      assertEquals(Optional.of("c"), lines.next());
      assertEquals(Optional.empty(), lines.next());
    }
    assertEquals(List.of("here, line 2: not valid UTF-8; passed over"), complaints);
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
  void tensorsAreReadIntoTheirPlaces() throws IOException {
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
    SafeTensors.Places places =
        (name, shape) ->
            switch (name) {
              case "a" -> Optional.of(a);
              case "many" -> Optional.of(rest);
              default -> Optional.empty();
            };
    SafeTensors.readInto(file, places);
    assertArrayEquals(new float[] {1, 2, 3, 4}, a.array());
    assertArrayEquals(many, rest.array());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    a.clear();
    rest.clear();
    assertThrows(BadInput.class, () -> SafeTensors.readInto(file, places));
  }

  @Test
  void integersComeBackAsTheFloatsTheyStandFor() {
    Path file = folder.resolve("q.safetensors");
    // Rows have the factors 2 / 127 and 0; 1 is 63.5 of 127 and becomes 64.
    float[] values = {-2, 1, 0, 0};
    QuantisedTensor rows = QuantisedTensor.of(new long[] {2, 2}, values, 0);
    assertArrayEquals(new byte[] {-127, 64, 0, 0}, rows.values());
    assertFalse(isQuantisedAfterWriting(file, Map.of()));
    assertTrue(isQuantisedAfterWriting(file, Map.of("a", rows)));
    Map<String, SafeTensors.Tensor> read = SafeTensors.read(file);
    assertEquals(List.of("a", "b"), List.copyOf(read.keySet()));
    assertArrayEquals(new float[] {-2, 128 / 127f, 0, 0}, read.get("a").values(), 1e-6f);
    assertArrayEquals(new float[] {-0.5f}, read.get("b").values());
    QuantisedTensor columns = QuantisedTensor.of(new long[] {2, 2}, values, 1);
    assertTrue(isQuantisedAfterWriting(file, Map.of("a", columns)));
    assertArrayEquals(values, SafeTensors.read(file).get("a").values(), 1e-6f);
  }

  private static boolean isQuantisedAfterWriting(Path file, Map<String, QuantisedTensor> some) {
    SafeTensors.write(file, tensors(), some);
    return SafeTensors.isQuantised(file);
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
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
  void aCutOffOrForeignFileIsRefusedWithItsName() throws IOException {
    Path file = folder.resolve("t.safetensors");
    SafeTensors.write(file, tensors());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertTrue(
        assertThrows(BadInput.class, () -> SafeTensors.read(file))
            .getMessage()
            .contains("t.safetensors"));
    Files.writeString(file, "hello, this is no tensor at all");
    assertThrows(BadInput.class, () -> SafeTensors.read(file));
    assertThrows(BadInput.class, () -> SafeTensors.read(folder.resolve("none")));
  }
}
