package org.yuqiao.corpus.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.yuqiao.files.InvalidInputException;

class CorpusFilesTest {
  private static final String PAIR = "你好。|Hello.";

  @TempDir private Path folder;
  private CorpusFixture corpora;

  @BeforeEach
  void inTheFolder() {
    corpora = new CorpusFixture(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "a.en.txt, a.zh.txt",
    "a.EN, a.ZH",
    "a.en-US, a.zh-CN",
    "a_en.txt, a_zh.txt",
    "a.zh-en.en.bpe, a.zh-en.zh.bpe",
    "a.us, a.cn",
    "a.eng, a.zho",
    "a.eng_Latn, a.zho_Hans",
    "english.txt, chinese.txt",
    "b.eng, b.cmn",
    "a.en, a.hant",
    "a.en, other.txt",
    "one.txt, two.txt",
    "one.zh-en, two.zh-en"
  })
  void languagesOfTwoFilesComeFromTheirNamesOrTheirScript(String english, String chinese) {
    String en = corpora.write(english, "Hello.\n");
    String zh = corpora.write(chinese, "你好。\n");
    assertEquals(List.of(PAIR), CorpusFixture.read(en + "," + zh));
    assertEquals(List.of(PAIR), CorpusFixture.read(zh + "," + en));
  }

  @Test
  void filesWhoseLanguagesAreNotClearAreRefused() {
    String one = corpora.write("one.txt", "Hello.\n");
    String two = corpora.write("two.txt", "Good bye.\n");
    String three = corpora.write("three.txt", "123\n");
    String chinese = corpora.write("chinese.txt", "你好。\n");
    String message = CorpusFixture.refusal(one + "," + two);
    assertTrue(message.contains("one.txt looks English"), message);
    assertTrue(message.contains("two.txt looks English"), message);
    assertTrue(CorpusFixture.refusal(one + "," + three).contains("three.txt looks neither"));
    String swapped = corpora.write("a.zh", "Hello.\n") + "," + corpora.write("a.en", "你好。\n");
    assertTrue(CorpusFixture.refusal(swapped).contains("their names say the opposite"));
    assertEquals(List.of("你好。|123"), CorpusFixture.read(chinese + "," + three));
  }

  @Test
  void outputFilesWithoutALanguageAreRefusedAndNothingIsLeft() throws IOException {
    String in = corpora.write("a.tsv", "你好。\tHello.\n");
    CorpusFiles out = new CorpusFiles(folder.resolve("x.one") + "," + folder.resolve("x.two"));
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> CorpusConverter.convert(new CorpusFiles(in), out, done -> {}))
            .getMessage();
    assertTrue(message.contains("cannot tell the languages"), message);
    String broken = corpora.write("b.tsv", "你好。\tHello.\nbroken\n");
    CorpusFiles both = new CorpusFiles(folder.resolve("x.zh") + "," + folder.resolve("x.en"));
    assertThrows(
        InvalidInputException.class,
        () -> CorpusConverter.convert(new CorpusFiles(broken), both, done -> {}));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  private interface Compression {
    OutputStream of(OutputStream out) throws IOException;
  }

  private static byte[] compressed(Compression compression, String... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String part : parts) {
      try (OutputStream out = compression.of(bytes)) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(String... parts) throws IOException {
    return compressed(GZIPOutputStream::new, parts);
  }

  private static byte[] xz(String... parts) throws IOException {
    return compressed(out -> new XZOutputStream(out, new LZMA2Options(1)), parts);
  }

  @Test
  void compressedFilesAreReadWhateverTheirFormat() throws IOException {
    String tsv = "你好。\tHello.\n";
    String json = "{\"zh\":\"你好。\",\"en\":\"Hello.\"}\n";
    Files.write(folder.resolve("a.tsv.gz"), gzip(tsv, tsv));
    Files.write(folder.resolve("a.jsonl.xz"), xz(json, json));
    Files.write(folder.resolve("unnamed.tsv"), gzip(tsv, tsv));
    Files.write(folder.resolve("a.zh.gz"), gzip("你好。\n", "你好。\n"));
    Files.write(folder.resolve("a.en.xz"), xz("Hello.\nHello.\n"));
    for (String name : List.of("a.tsv.gz", "a.jsonl.xz", "unnamed.tsv")) {
      assertEquals(List.of(PAIR, PAIR), CorpusFixture.read(folder.resolve(name).toString()), name);
    }
    assertEquals(
        List.of(PAIR, PAIR),
        CorpusFixture.read(folder.resolve("a.en.xz") + "," + folder.resolve("a.zh.gz")));
  }

  @Test
  void compressedFilesThatAreDamagedOrOfAnotherKindAreNamed() throws IOException {
    byte[] bytes = gzip("你好。\tHello.\n".repeat(1000));
    Path cut = folder.resolve("cut.tsv.gz");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(CorpusFixture.refusal(cut.toString()).contains("the compressed data is cut off"));
    Path other = folder.resolve("a.tsv");
    Files.write(other, new byte[] {'B', 'Z', 'h', '9', 1, 2, 3});
    assertTrue(CorpusFixture.refusal(other.toString()).contains("compressed with bzip2"));
  }

  private static List<String> fromStandardInput(byte[] bytes) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(bytes));
    try {
      return CorpusFixture.read("-");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void standardInputIsReadInTheFormatThatItHas() throws IOException {
    String tmx =
        "<?xml version='1.0'?><tmx><body><tu><tuv xml:lang='zh'><seg>你好。</seg></tuv>"
            + "<tuv xml:lang='en'><seg>Hello.</seg></tuv></tu></body></tmx>";
    for (String text :
        List.of("你好。\tHello.\n", "\uFEFF{\"zh\":\"你好。\",\"en\":\"Hello.\"}\n", tmx)) {
      assertEquals(List.of(PAIR), fromStandardInput(text.getBytes(StandardCharsets.UTF_8)), text);
      assertEquals(List.of(PAIR), fromStandardInput(gzip(text)), text);
    }
    byte[] wide = tmx.replace("?>", " encoding='UTF-16'?>").getBytes(StandardCharsets.UTF_16);
    assertEquals(List.of(PAIR), fromStandardInput(wide));
    String message =
        assertThrows(InvalidInputException.class, () -> new CorpusFiles("-").sha256()).getMessage();
    assertTrue(message.contains("standard input can be read only once"), message);
  }

  @Test
  void compressedStandardInputMayBeLong() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      lines.append(
          String.format("{\"zh\":\"你好%x\",\"en\":\"%x\"}%n", random.nextLong(), random.nextLong()));
    }
    assertEquals(5000, fromStandardInput(xz(lines.toString())).size());
    assertEquals(5000, fromStandardInput(gzip(lines.toString())).size());
  }

  @Test
  @Timeout(20)
  void aPipeIsReadOnceAndRefusedWhereItWouldBeReadAgain() throws Exception {
    Path pipe = folder.resolve("pipe.tsv");
    Process process;
    try {
      process = new ProcessBuilder("mkfifo", pipe.toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no mkfifo");
      return;
    }
    assumeTrue(process.waitFor() == 0, "mkfifo fails");
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.writeString(pipe, "Hello.\t你好。\n");
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertEquals(List.of(PAIR), CorpusFixture.read(pipe.toString()));
    writer.join();
    String message =
        assertThrows(InvalidInputException.class, () -> new CorpusFiles(pipe.toString()).sha256())
            .getMessage();
    assertTrue(message.contains("pipe.tsv is a pipe and can be read only once"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b/x.tsv", "x,y.tsv", "x.zh,y.tsv"})
  void aPathWithCommasIsFoundAndWritten(String name) {
    String file = corpora.write(name, "你好。\tHello.\n");
    assertEquals(List.of(PAIR), CorpusFixture.read(file));
    CorpusFiles out = new CorpusFiles(file.replace("x.", "z."));
    assertEquals(1, CorpusConverter.convert(new CorpusFiles(file), new CorpusFiles(file), n -> {}));
    if (name.contains("/")) {
      CorpusConverter.convert(new CorpusFiles(file), out, n -> {});
      assertEquals(List.of(PAIR), CorpusFixture.read(out));
    }
  }

  @Test
  void twoFilesInAFolderWithACommaAreTwoFiles() {
    String zh = corpora.write("a,b/x.zh", "你好。\n");
    String en = corpora.write("a,b/x.en", "Hello.\n");
    assertEquals(List.of(PAIR), CorpusFixture.read(zh + "," + en));
    CorpusFiles out = new CorpusFiles(zh.replace("x.", "y.") + "," + en.replace("x.", "y."));
    CorpusConverter.convert(new CorpusFiles(zh + "," + en), out, n -> {});
    assertEquals(List.of(PAIR), CorpusFixture.read(out));
    String message = CorpusFixture.refusal(folder.resolve("no,where.tsv").toString());
    assertTrue(message.contains("the comma in"), message);
    assertFalse(message.contains("\n"), message);
  }
}
