package org.yuqiao.embedding.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.embedding.Fixtures;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

class WordVectorFileTest {
  @TempDir private Path folder;

  private static final WordVectors VECTORS =
      new WordVectors(
          List.of("the", "\u2581国王", "naïve", "\uD840\uDC00"),
          3,
          new float[] {
            0.1f, -2.5e-9f, 3, 1 / 3f, Float.MIN_VALUE, -0f, 1e20f, 7, 8, Float.MAX_VALUE, 10, 11
          });

  @Test
  void everyFormatGivesBackTheSameWordsAndTheSameBits() {
    for (String name : List.of("v.txt", "v.bin", "vectors.tsv", "other.tsv", "v.vec")) {
      WordVectorFile.write(VECTORS, folder.resolve(name));
      WordVectors read = WordVectorFile.read(folder.resolve(name));
      assertEquals(VECTORS.words(), read.words(), name);
      assertArrayEquals(VECTORS.values(), read.values(), name);
    }
    assertTrue(Files.exists(folder.resolve("metadata.tsv")));
    assertTrue(Files.exists(folder.resolve("other-metadata.tsv")));
  }

  @Test
  void textAndBinaryAreToldApartByWhatIsInTheFile() {
    WordVectorFile.write(VECTORS, folder.resolve("a.bin"), WordVectorFile.Format.TEXT);
    WordVectorFile.write(VECTORS, folder.resolve("b.txt"), WordVectorFile.Format.BINARY);
    assertEquals(VECTORS.words(), WordVectorFile.read(folder.resolve("a.bin")).words());
    assertEquals(VECTORS.words(), WordVectorFile.read(folder.resolve("b.txt")).words());
  }

  @Test
  void binaryIsKnownByItsContentWhateverItsFirstBytesAre() throws IOException {
    // The first value's lowest byte is a line feed.
    float first = Float.intBitsToFloat(0x3F00000A);
    WordVectors vectors = new WordVectors(List.of("a", "b"), 2, new float[] {first, 1, 2, 3});
    WordVectorFile.write(vectors, folder.resolve("v"), WordVectorFile.Format.BINARY);
    assertArrayEquals(vectors.values(), WordVectorFile.read(folder.resolve("v")).values());
    assertEquals(4 + 2 * (2 + 8 + 1), Files.size(folder.resolve("v")));
  }

  @Test
  void filesOfWord2VecAreRead() {
    WordVectors text = Fixtures.vectors("english.txt");
    WordVectors binary = Fixtures.vectors("english.bin");
    assertEquals(116, text.size());
    assertEquals(8, text.dimension());
    assertEquals("</s>", text.word(0));
    assertEquals(text.words(), binary.words());
    // The text has six digits behind the point.
    assertArrayEquals(text.values(), binary.values(), 6e-7f);
    WordVectors chinese = Fixtures.vectors("chinese.bin");
    assertTrue(chinese.index("我").isPresent() && chinese.index("的").isPresent());
    assertTrue(chinese.words().stream().skip(1).allMatch(word -> word.matches("\\p{IsHan}")));
  }

  @Test
  void binaryIsWrittenByteForByteAsWord2VecWritesIt() throws IOException {
    Path again = folder.resolve("again.bin");
    WordVectorFile.write(Fixtures.vectors("english.bin"), again);
    assertEquals(-1, Files.mismatch(Fixtures.file("english.bin"), again));
  }

  @Test
  void binaryMayLackLineFeedsAndTextMayHaveAThirdNumberAndBase64Words() throws IOException {
    Files.write(folder.resolve("g.bin"), binary("2 1\n", "a", 1.5f, "", "b", 2.5f, ""));
    assertArrayEquals(
        new float[] {1.5f, 2.5f}, WordVectorFile.read(folder.resolve("g.bin")).values());
    Files.writeString(folder.resolve("d.txt"), "2 1 7\r\nB64:5Zu9 1\r\nb 2 \r\n\r\n");
    assertEquals(List.of("国", "b"), WordVectorFile.read(folder.resolve("d.txt")).words());
  }

  @Test
  void metadataOfSeveralColumnsBeginsWithTheirNames() throws IOException {
    Files.writeString(folder.resolve("vectors.tsv"), "1\t2\n3\t4\n");
    Files.writeString(folder.resolve("metadata.tsv"), "word\tcount\na\t5\nb\t6\n");
    WordVectors read = WordVectorFile.read(folder.resolve("vectors.tsv"));
    assertEquals(List.of("a", "b"), read.words());
    assertArrayEquals(new float[] {3, 4}, read.row(1));
  }

  private static byte[] binary(Object... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] instanceof Float value) {
        out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value).array());
      } else {
        boolean word = i + 1 < parts.length && parts[i + 1] instanceof Float && i > 0;
        out.write((parts[i] + (word ? " " : "")).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private void assertRefused(String name, byte[] content, String... expected) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    String message =
        assertThrows(InvalidInputException.class, () -> WordVectorFile.read(file), () -> name)
            .getMessage();
    assertTrue(message.contains(name), message);
    for (String part : expected) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains("\n"), message);
  }

  private void assertTextRefused(String content, String... expected) throws IOException {
    assertRefused("bad.txt", content.getBytes(StandardCharsets.UTF_8), expected);
  }

  @Test
  void brokenTextIsNamedWithItsLine() throws IOException {
    assertTextRefused("", "empty");
    assertTextRefused("the 0.1 0.2\n", "line 1", "number of words");
    assertTextRefused("0 5\n", "line 1", "at least one");
    assertTextRefused("900000000 300\na 1\n", "line 1", "cut off");
    assertTextRefused("2 2\na 1 2\nb 1 2 3\n", "line 3", "expected 2 values", "found 3");
    assertTextRefused("2 2\na 1 2\nb 1\n", "line 3", "found 1");
    assertTextRefused("2 2\na 1 2\nb 1 x1\n", "line 3", "value 2", "'x1'");
    assertTextRefused("2 2\na 1 2\nb NaN 1\n", "line 3", "value 1", "NaN");
    assertTextRefused("2 2\na 1 2\nb 1 1e39\n", "line 3", "value 2", "Infinity");
    assertTextRefused("2 2\na 1 2\na 3 4\n", "line 3", "twice", "line 2");
    assertTextRefused("2 2\na 1 2\n 3 4 5\n", "line 3", "a word");
    assertTextRefused("3 2\na 1 2\nbbbbbb 3 4\n", "ends after 2 of the 3 words");
    assertTextRefused("1 2\na 1 2\nb 3 4\n", "line 3", "expected the end");
    byte[] text = "2 2\na 1 2\nb 3 4\n".getBytes(StandardCharsets.UTF_8);
    text[10] = (byte) 0xFF;
    assertRefused("bad.txt", text, "line 3", "UTF-8");
  }

  @Test
  void brokenBinaryIsNamedWithItsByte() throws IOException {
    byte[] good = binary("2 1\n", "a", 1.5f, "\n", "b", 2.5f, "\n");
    assertRefused("bad.bin", Arrays.copyOf(good, 2), "byte 2", "cut off inside the header");
    assertRefused("bad.bin", Arrays.copyOf(good, 10), "line 1", "2 words", "10 bytes", "cut off");
    assertRefused("bad.bin", Arrays.copyOf(good, 14), "byte 14", "cut off", "vector of 'b'");
    assertRefused("bad.bin", binary("2 1\n", "a", 1f, "\n", "b", Float.NaN), "byte 13", "NaN");
    assertRefused("bad.bin", binary("2 1\n", "a", 1f, "\n", "a", 2f), "byte 11", "twice", "byte 4");
    assertRefused("bad.bin", binary("1 1\n", "a", 1.5f, "\n", "b", 2.5f), "byte 11", "end");
    byte[] invalid = good.clone();
    invalid[11] = (byte) 0xFF;
    assertRefused("bad.bin", invalid, "byte 11", "UTF-8");
  }

  @Test
  void brokenProjectorFilesAreNamedWithTheirLine() throws IOException {
    Files.writeString(folder.resolve("bad-metadata.tsv"), "a\nb\n");
    assertRefused("bad.tsv", "1\t2\n3\n".getBytes(StandardCharsets.UTF_8), "line 2", "found 1");
    assertRefused("bad.tsv", "1\t2\n".getBytes(StandardCharsets.UTF_8), "1 vectors", "2 words");
    assertRefused("bad.tsv", "1\n2\n3\n".getBytes(StandardCharsets.UTF_8), "line 3", "more");
    assertRefused("bad.tsv", "1\nNaN\n".getBytes(StandardCharsets.UTF_8), "line 2", "NaN");
  }

  @Test
  void aWordThatStandsTwiceInTheMetadataIsNamed() throws IOException {
    Files.writeString(folder.resolve("metadata.tsv"), "a\na\n");
    Files.writeString(folder.resolve("vectors.tsv"), "1\n2\n");
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> WordVectorFile.read(folder.resolve("vectors.tsv")))
            .getMessage();
    assertTrue(message.contains("metadata.tsv, line 2") && message.contains("twice"), message);
  }

  @Test
  void wordsThatAFormatCannotHoldAreRefusedBeforeAnythingIsWritten() {
    WordVectors vectors = new WordVectors(List.of("New York"), 1, new float[] {1});
    assertThrows(
        InvalidInputException.class, () -> WordVectorFile.write(vectors, folder.resolve("n.txt")));
    assertThrows(
        InvalidInputException.class, () -> WordVectorFile.write(vectors, folder.resolve("n.bin")));
    assertFalse(Files.exists(folder.resolve("n.txt")));
    WordVectorFile.write(vectors, folder.resolve("n.tsv"));
    assertEquals(vectors.words(), WordVectorFile.read(folder.resolve("n.tsv")).words());
  }

  @Test
  void wordsThatLookLikeBase64AreGivenBack() {
    WordVectors vectors =
        new WordVectors(
            List.of("hello", "B64:aGVsbG8=", "B64:", "B64:国", "b64:x"), 1, new float[5]);
    for (String name : List.of("v.txt", "v.bin", "v.tsv")) {
      WordVectorFile.write(vectors, folder.resolve(name));
      assertEquals(vectors.words(), WordVectorFile.read(folder.resolve(name)).words(), name);
    }
  }

  @Test
  void aWordTooLongToBeReadBackIsNotWritten() {
    WordVectors vectors = new WordVectors(List.of("x".repeat(10_000)), 1, new float[1]);
    assertThrows(
        InvalidInputException.class, () -> WordVectorFile.write(vectors, folder.resolve("v.bin")));
    assertFalse(Files.exists(folder.resolve("v.bin.tmp")));
  }

  @Test
  void wordsThatAreNotUtf8AreRefusedReplacedOrShortened() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(binary("4 1\n", "cat", 1f));
    for (String cut : List.of("\u00e2\u0082", "cat\u00e2\u0082", "\u00e7\u008c\u00ab")) {
      bytes.write((cut + " ").getBytes(StandardCharsets.ISO_8859_1));
      bytes.write(new byte[] {0, 0, 0, 64});
    }
    Path file = folder.resolve("v.bin");
    Files.write(file, bytes.toByteArray());
    assertTrue(
        assertThrows(InvalidInputException.class, () -> WordVectorFile.read(file))
            .getMessage()
            .contains("word 2 of 4 is not valid UTF-8"));
    assertEquals(
        List.of("cat", "\uFFFD", "cat\uFFFD", "猫"),
        WordVectorFile.read(file, UnicodeErrors.REPLACE).words());
    // An empty word and one that becomes equal to an earlier one are left out.
    WordVectors shortened = WordVectorFile.read(file, UnicodeErrors.IGNORE);
    assertEquals(List.of("cat", "猫"), shortened.words());
    assertArrayEquals(new float[] {1, 2}, shortened.values());
    Path text = folder.resolve("v.txt");
    Files.write(text, "2 1\ncat\u00e2 1\ndog 2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(List.of("cat", "dog"), WordVectorFile.read(text, UnicodeErrors.IGNORE).words());
    assertEquals(
        List.of("cat\uFFFD", "dog"), WordVectorFile.read(text, UnicodeErrors.REPLACE).words());
  }

  @Test
  void compressedVectorsAreRead() throws IOException {
    for (String name : List.of("v.txt", "v.bin")) {
      WordVectorFile.write(VECTORS, folder.resolve(name));
      Path compressed = folder.resolve(name + ".gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
        Files.copy(folder.resolve(name), out);
      }
      assertEquals(VECTORS.words(), WordVectorFile.read(compressed).words(), name);
    }
  }

  @Test
  void hostileDimensionsAreRefusedBeforeMemoryIsAskedFor() throws IOException {
    byte[] binary = gzip("1 999999999\na ");
    assertRefused("huge.bin", binary, "dimension 999,999,999", "at most 100,000");
    assertRefused("huge.txt", gzip("1 999999999\na 1\n"), "at most 100,000");
    Files.writeString(folder.resolve("huge-metadata.tsv"), "a\nb\n");
    byte[] tabs = ("1" + "\t1".repeat(100_000) + "\n").getBytes(StandardCharsets.UTF_8);
    assertRefused("huge.tsv", tabs, "dimension 100,001", "at most 100,000");
  }

  @Test
  void aCompressedFileThatPromisesMoreThanItHoldsIsRefused() throws IOException {
    // 400 MB of memory if it were believed.
    assertRefused("few.txt", gzip("1000000 100\na 1\n"), "line 2", "found 1");
    assertRefused("few.bin", gzip("1000000 100\na \0\0\0"), "cut off inside the vector of 'a'");
  }

  @Test
  void compressedVectorsGrowToTheirSize() throws IOException {
    StringBuilder text = new StringBuilder("30000 40\n");
    for (int i = 0; i < 30_000; i++) {
      text.append('w').append(i).append((" " + i).repeat(40)).append('\n');
    }
    WordVectors read =
        WordVectorFile.read(Files.write(folder.resolve("many.txt"), gzip(text.toString())));
    assertEquals(30_000 * 40, read.values().length);
    assertEquals(29_999, read.row(29_999)[39]);
  }

  @Test
  void aProjectorFileOfManyWordsAndNoVectorsIsRefused() throws IOException {
    Files.writeString(folder.resolve("none-metadata.tsv"), "a\nb\n");
    assertRefused("none.tsv", new byte[0], "0 vectors", "2 words");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
