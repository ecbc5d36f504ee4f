package org.yuqiao.corpus.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.LockFile;

/** Fetches corpora from a server on loopback. */
class CorpusFetchTest {
  private static final String TABLE = "Hi.\t嗨。\tby Wang\nBye.\t再见。\tby Li\n";

  @TempDir private Path folder;
  @AutoClose private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LoopbackServer();
  }

  private static FileDownload downloader() {
    return new FileDownload(new EnvironmentProxy(Map.of()), Duration.ofSeconds(20));
  }

  private CorpusFetch fetch(PublicCorpus corpus) {
    return new CorpusFetch("some", corpus, folder.resolve("some"), downloader());
  }

  private static PublicCorpus corpus(
      PublicCorpus.Download download, PublicCorpus.PairsFile file, PublicCorpus.HoldOut... out) {
    return new PublicCorpus(
        "Text.", "CC0", "us", 2, List.of(download), List.of(file), Arrays.stream(out).findFirst());
  }

  private static PublicCorpus.PairsFile table(String member) {
    return new PublicCorpus.PairsFile(
        "train.tsv",
        Optional.of(Member.parse(member)),
        Optional.of("zh=2,en=1"),
        Optional.empty(),
        Optional.empty());
  }

  private static byte[] zip(String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] tarGz(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] text = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(text.length);
        tar.putArchiveEntry(entry);
        tar.write(text);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve("some").resolve(file));
  }

  @Test
  void aTableInAZipFileBecomesPairs() throws IOException {
    server.put("/a.zip", zip("cmn.txt", TABLE));
    CorpusFetch fetch =
        fetch(corpus(server.download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")));
    assertFalse(fetch.isThere());
    assertEquals(Map.of("train.tsv", 2), fetch.run(bytes -> {}));
    assertEquals("嗨。\tHi.\n再见。\tBye.\n", read("train.tsv"));
    assertTrue(read("README.md").contains("- license: CC0\n"));
    assertTrue(fetch.isThere());
    assertFalse(Files.exists(fetch.downloads()), "downloads are deleted");
  }

  @Test
  void textsInATarFileAreAligned() throws IOException {
    server.put("/a.tgz", tarGz(Map.of("./d/x.zh", "你好。\n早。\n", "./d/x.en", "Hello.\nHi.\n")));
    PublicCorpus.PairsFile file =
        new PublicCorpus.PairsFile(
            "test.tsv",
            Optional.empty(),
            Optional.empty(),
            Optional.of(Member.parse("a.tgz!d/x.zh")),
            Optional.of(Member.parse("a.tgz!d/x.en")));
    fetch(corpus(server.download("a.tgz", Optional.empty(), "/a.tgz"), file)).run(bytes -> {});
    assertEquals("你好。\tHello.\n早。\tHi.\n", read("test.tsv"));
  }

  @Test
  void heldOutPairsAreInNoOtherSplit() throws IOException {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      table.append("Number ").append(i / 2 * 2).append(".\t第").append(i).append("号。\tx\n");
      table.append("Only ").append(i).append(".\t只有").append(i).append("。\tx\n");
    }
    server.put("/a.zip", zip("cmn.txt", table.toString()));
    Map<String, Integer> written =
        fetch(
                corpus(
                    server.download("a.zip", Optional.empty(), "/a.zip"),
                    table("a.zip!cmn.txt"),
                    new PublicCorpus.HoldOut(10, 20)))
            .run(bytes -> {});
    assertEquals(Map.of("train.tsv", 370, "valid.tsv", 10, "test.tsv", 20), written);
    List<String> train = Files.readAllLines(folder.resolve("some/train.tsv"));
    for (String file : List.of("valid.tsv", "test.tsv")) {
      for (String line : Files.readAllLines(folder.resolve("some").resolve(file))) {
        String english = line.split("\t")[1];
        assertTrue(train.stream().noneMatch(pair -> pair.endsWith("\t" + english)), line);
      }
    }
  }

  @Test
  void aDamagedDownloadIsNamedNotTheFileMadeOfIt() throws IOException {
    byte[] whole = tarGz(Map.of("cmn.txt", TABLE.repeat(2000)));
    server.put("/a.tgz", Arrays.copyOf(whole, whole.length / 2));
    server.put("/a.zip", "no archive");
    for (String name : List.of("a.tgz", "a.zip")) {
      CorpusFetch fetch =
          fetch(
              corpus(
                  server.download(name, Optional.empty(), "/" + name), table(name + "!cmn.txt")));
      String message =
          assertThrows(InvalidInputException.class, () -> fetch.run(bytes -> {})).getMessage();
      assertTrue(
          message.startsWith("cannot read " + fetch.downloads().resolve(name) + ": "), message);
    }
  }

  @Test
  void aMemberThatIsNotThereIsNamed() throws IOException {
    server.put("/a.zip", zip("other.txt", TABLE));
    CorpusFetch fetch =
        fetch(corpus(server.download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")));
    assertEquals(
        "a.zip has no file cmn.txt",
        assertThrows(InvalidInputException.class, () -> fetch.run(bytes -> {})).getMessage());
  }

  @Test
  void itIsThereOnceAllFilesAreAndNothingIsLeftToDelete() throws IOException {
    server.put("/a.zip", zip("cmn.txt", TABLE));
    CorpusFetch fetch =
        fetch(corpus(server.download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")));
    long[] progress = {0};
    fetch.run(bytes -> progress[0] += bytes);
    assertEquals(zip("cmn.txt", TABLE).length, progress[0]);
    assertEquals(
        List.of("README.md", "train.tsv"),
        Arrays.stream(folder.resolve("some").toFile().list()).sorted().toList());
    Files.createDirectory(fetch.downloads());
    assertFalse(fetch.isThere());
    Files.delete(fetch.downloads());
    assertTrue(fetch.isThere());
    Files.delete(folder.resolve("some/README.md"));
    assertFalse(fetch.isThere());
  }

  @Test
  void theReadmeSaysWhoseTextItIsAndWhereItCameFrom() throws IOException {
    server.put("/a.zip", zip("cmn.txt", TABLE));
    fetch(corpus(server.download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")))
        .run(bytes -> {});
    assertEquals(
        "# some\n\nText.\n\n- license: CC0\n- attribution: us\n- from "
            + server.url("/a.zip")
            + "\n- train.tsv: 2 pairs\n",
        read("README.md"));
  }

  @Test
  void filesDownloadedBeforeAreWrittenAndMissingOnesNamed() throws IOException {
    Path downloaded = Files.createDirectory(folder.resolve("before"));
    CorpusFetch fetch =
        fetch(corpus(server.download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")));
    assertEquals(
        "there is no file " + downloaded.resolve("a.zip"),
        assertThrows(InvalidInputException.class, () -> fetch.writeFrom(downloaded)).getMessage());
    Files.createDirectories(folder.resolve("some"));
    Files.write(downloaded.resolve("a.zip"), zip("cmn.txt", TABLE));
    assertEquals(Map.of("train.tsv", 2), fetch.writeFrom(downloaded));
    assertTrue(Files.exists(downloaded.resolve("a.zip")), "what others downloaded is kept");
    assertEquals(List.of(), server.requests());
  }

  @Test
  void aFolderThatAnotherProcessWritesOrThatCannotBeMadeIsRefused() throws IOException {
    CorpusFetch fetch =
        fetch(corpus(server.download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")));
    Path some = Files.createDirectory(folder.resolve("some"));
    LockFile lock = LockFile.take(some.resolve("fetch.lock"), "held");
    assertEquals(
        some + " is being written by another process",
        assertThrows(InvalidInputException.class, () -> fetch.run(bytes -> {})).getMessage());
    lock.close();
    Files.delete(some);
    Files.writeString(some, "a file");
    String message =
        assertThrows(InvalidInputException.class, () -> fetch.run(bytes -> {})).getMessage();
    assertTrue(message.startsWith("cannot make the folder " + some + ": "), message);
  }

  @Test
  void afterAFailureTheLockIsFreeAndTheDownloadKept() throws IOException {
    server.put("/a.zip", zip("other.txt", TABLE));
    CorpusFetch fetch =
        fetch(corpus(server.download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")));
    assertThrows(InvalidInputException.class, () -> fetch.run(bytes -> {}));
    assertTrue(Files.exists(fetch.downloads().resolve("a.zip")));
    Files.write(fetch.downloads().resolve("a.zip"), zip("cmn.txt", TABLE));
    assertEquals(Map.of("train.tsv", 2), fetch.run(bytes -> {}));
    assertEquals(List.of("/a.zip"), server.requests());
  }
}
