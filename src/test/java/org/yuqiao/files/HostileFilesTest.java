package org.yuqiao.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Files that are made to break their reader. */
class HostileFilesTest {
  /** Where xz keeps the size of its dictionary: byte 4 of the first block's header. */
  private static final int XZ_BLOCK = 12;

  @TempDir private Path folder;

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] xz(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(bytes, new LZMA2Options(0))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private String refusal(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    return assertThrows(
            InvalidInputException.class, () -> Utf8Lines.forEach(file, line -> {}), () -> name)
        .getMessage();
  }

  @Test
  void compressedFilesThatAreCutAnywhereAreNamed() throws IOException {
    for (byte[] whole : new byte[][] {gzip("a".repeat(100)), xz("a".repeat(100))}) {
      for (int length = 6; length < whole.length; length++) {
        String message = refusal("cut", Arrays.copyOf(whole, length));
        assertTrue(message.startsWith("cannot read " + folder.resolve("cut")), message);
        assertTrue(message.endsWith(": the compressed data is cut off"), message);
      }
    }
  }

  @Test
  void xzThatNeedsTooMuchMemoryIsRefusedWithNumberAndLimit() throws IOException {
    byte[] bytes = xz("a");
    bytes[XZ_BLOCK + 4] = 37; // a dictionary of 1.5 GiB
    int length = 4 * (bytes[XZ_BLOCK] + 1);
    CRC32 crc = new CRC32();
    crc.update(bytes, XZ_BLOCK, length - Integer.BYTES);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(XZ_BLOCK + length - Integer.BYTES, (int) crc.getValue());
    String message = refusal("a.xz", bytes);
    assertTrue(
        message.matches(".*needs 1,572,\\d{3} KiB of memory, and at most 262,144 KiB.*"), message);
  }

  @Test
  void aLineWithoutEndIsRefusedWithItsNumber() {
    InputStream endless =
        new InputStream() {
          private long read;

          @Override
          public int read() {
            return read++ == 1 ? '\n' : 'a';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
              bytes[offset + i] = (byte) read();
            }
            return length;
          }
        };
    try (Utf8Lines lines = new Utf8Lines(endless, "here")) {
      assertEquals("a", lines.next().orElseThrow());
      assertEquals(
          "here, line 2: the line has more than 16,777,216 bytes, the maximum",
          assertThrows(InvalidInputException.class, lines::next).getMessage());
    }
  }

  @Test
  void theLongestLineIsRead() {
    byte[] line = new byte[Utf8Lines.MAX_LINE_BYTES];
    Arrays.fill(line, (byte) 'a');
    try (Utf8Lines lines = new Utf8Lines(new ByteArrayInputStream(line), "here")) {
      assertEquals(line.length, lines.next().orElseThrow().length());
    }
  }

  @Test
  void filesThatAreReadWholeHaveALimit() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[11]);
    assertEquals(11, InputFile.bytes(file, 11).length);
    assertEquals(
        file + " has 11 bytes; expected at most 10",
        assertThrows(InvalidInputException.class, () -> InputFile.bytes(file, 10)).getMessage());
    Path endless = Path.of("/dev/zero");
    if (Files.exists(endless)) {
      assertTrue(
          assertThrows(InvalidInputException.class, () -> InputFile.bytes(endless, 10))
              .getMessage()
              .contains("expected at most 10"));
    }
  }

  private static void assertShown(String shown, String text) {
    assertEquals(shown, new InvalidInputException(text).getMessage());
  }

  @Test
  void controlCharactersAreEscapedInMessages() {
    assertShown("a\\u001b[31mb", "a\033[31mb");
    assertShown("a\\nb\\r\\tc", "a\nb\r\tc");
    assertShown("a\\u0000b\\u007f\\u009b", "a\0b\177\233");
    assertShown("a\\u2028b\\u202ec\\u2066", "a\u2028b\u202ec\u2066");
    assertShown("\\ud800a", "\ud800a");
    assertShown("你好 é 😀", "你好 é 😀");
  }

  @Test
  void theMiddleOfALongMessageIsLeftOut() {
    String message = new InvalidInputException("a".repeat(1000) + "b".repeat(5000)).getMessage();
    assertEquals("a".repeat(1000) + " ... 4000 characters ... " + "b".repeat(1000), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\0"})
  void namesThatNoFileCanHaveAreRefusedWithTheKey(String name) {
    String message =
        assertThrows(InvalidInputException.class, () -> FilePath.require(name, "start.model"))
            .getMessage();
    assertTrue(message.startsWith("start.model: '"), message);
    assertTrue(message.endsWith("' is not a path: it has the character U+0000"), message);
    assertFalse(message.contains("\0"), message);
  }

  private String tensorRefusal(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("t.safetensors"), content);
    String message =
        assertThrows(InvalidInputException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    return message;
  }

  private static byte[] tensors(String header, int values) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + values)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @Test
  void headersOfHostileLengthAreRefusedWithNumberAndLimit() throws IOException {
    byte[] bytes = tensors("{}", 0);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 60);
    String huge = tensorRefusal(bytes);
    assertTrue(huge.contains("header has 1152921504606846976 bytes; expected 2 to 2"), huge);
    ByteBuffer.wrap(bytes).putLong(0, -1);
    String negative = tensorRefusal(bytes);
    assertTrue(negative.contains("18446744073709551615 bytes"), negative);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':{'dtype':'F32','data_offsets':[0,4]}}|'a' has no shape; expected a list",
        "{'a':{'dtype':'F32','shape':{},'data_offsets':[0,4]}}|'a' has no shape",
        "{'a':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]}}|has the shape [\"1\"]",
        "{'a':{'dtype':'F32','shape':[9999999999],'data_offsets':[0,4]}}|at most 2147483647 bytes",
        "{'a':{'dtype':'F32','shape':[0,9999999999],'data_offsets':[0,0]}}|at most 2147483647 bytes",
        "{'a':{'dtype':'F32','shape':[1]}}|data_offsets that contradict its shape: expected two",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0.5,4.5]}}|not [0.5,4.5]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':['0','4']}}|that are 4 bytes apart",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|truncated: its tensors end at byte"
      })
  void damagedHeadersAreNamedWithTheirTensor(String header, String problem) throws IOException {
    String message = tensorRefusal(tensors(header.replace('\'', '"'), 4));
    assertTrue(message.contains(problem), message);
  }

  @Test
  void anEmptyMatrixOfManyColumnsAsksForNoMemory() throws IOException {
    String header =
        "{'a':{'dtype':'I8','shape':[0,2000000000],'data_offsets':[0,0]},"
            + "'a.scale':{'dtype':'F32','shape':[0,1],'data_offsets':[0,0]}}";
    Path file = Files.write(folder.resolve("e.safetensors"), tensors(header.replace('\'', '"'), 0));
    assertEquals(0, SafeTensors.read(file).get("a").values().length);
  }
}
