package org.yuqiao.corpus.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Sha256;

/** Fetches corpora from a server on loopback. */
class CorpusFetchTest {
  private static final String TABLE = "Hi.\t嗨。\tby Wang\nBye.\t再见。\tby Li\n";

  @TempDir private Path folder;
  private HttpServer server;
  private final List<String> requests = new ArrayList<>();

  /** Answers that are cut after so many bytes, once each. */
  private final Map<String, Integer> cuts = new HashMap<>();

  private final Map<String, byte[]> content = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + (range == null ? "" : " " + range));
    if (path.startsWith("/moved")) {
      exchange.getResponseHeaders().add("Location", path.substring("/moved".length()));
      exchange.sendResponseHeaders(302, -1);
      return;
    }
    byte[] bytes = content.get(path);
    if (bytes == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.getResponseHeaders().add("ETag", "\"" + Sha256.of(bytes) + "\"");
    boolean sameVersion =
        ("\"" + Sha256.of(bytes) + "\"").equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int from = 0;
    if (range != null && sameVersion) {
      from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      exchange.sendResponseHeaders(206, bytes.length - from);
    } else {
      exchange.sendResponseHeaders(200, bytes.length);
    }
    Integer cut = cuts.remove(path);
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      out.write(bytes, from, cut == null ? bytes.length - from : cut);
    } catch (IOException e) {
      // An answer that is cut on purpose cannot be closed.
    }
  }

  private static FileDownload downloader() {
    return new FileDownload(new EnvironmentProxy(Map.of()), Duration.ofMillis(500));
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

  private PublicCorpus.Download download(String file, Optional<String> sha256, String... paths) {
    return new PublicCorpus.Download(file, Arrays.stream(paths).map(this::url).toList(), 0, sha256);
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
    content.put("/a.zip", zip("cmn.txt", TABLE));
    CorpusFetch fetch =
        fetch(corpus(download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")));
    assertFalse(fetch.isThere());
    assertEquals(Map.of("train.tsv", 2), fetch.run(bytes -> {}));
    assertEquals("嗨。\tHi.\n再见。\tBye.\n", read("train.tsv"));
    assertTrue(read("README.md").contains("- license: CC0\n"));
    assertTrue(fetch.isThere());
    assertFalse(Files.exists(fetch.downloads()), "downloads are deleted");
  }

  @Test
  void textsInATarFileAreAligned() throws IOException {
    content.put("/a.tgz", tarGz(Map.of("./d/x.zh", "你好。\n早。\n", "./d/x.en", "Hello.\nHi.\n")));
    PublicCorpus.PairsFile file =
        new PublicCorpus.PairsFile(
            "test.tsv",
            Optional.empty(),
            Optional.empty(),
            Optional.of(Member.parse("a.tgz!d/x.zh")),
            Optional.of(Member.parse("a.tgz!d/x.en")));
    fetch(corpus(download("a.tgz", Optional.empty(), "/a.tgz"), file)).run(bytes -> {});
    assertEquals("你好。\tHello.\n早。\tHi.\n", read("test.tsv"));
  }

  @Test
  void segmentsOfTestSetsLoseTheirTags() throws IOException {
    Path sgm =
        Files.writeString(
            folder.resolve("t.sgm"),
            "<doc>\n<seg id=\"1\"> A &amp; B </seg>\n<seg id=\"2\">C</seg>\n</doc>\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Member.parse(sgm.getFileName().toString()).copy(folder, out);
    assertEquals("A & B\nC\n", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aBrokenDownloadContinuesWhereItStopped() throws IOException {
    byte[] bytes = zip("cmn.txt", TABLE.repeat(1000));
    content.put("/a.zip", bytes);
    cuts.put("/a.zip", 100);
    long[] progress = {0};
    Path file =
        downloader()
            .run(
                download("a.zip", Optional.of(Sha256.of(bytes)), "/a.zip"),
                folder,
                n -> progress[0] += n);
    assertEquals(Sha256.of(bytes), Sha256.of(List.of(file)));
    assertEquals(2, requests.size(), requests.toString());
    assertTrue(requests.get(1).startsWith("/a.zip bytes="), requests.toString());
    assertFalse(Files.exists(folder.resolve("a.zip.part")));
    assertFalse(Files.exists(folder.resolve("a.zip.part.version")));
  }

  @Test
  void partsOfTwoVersionsAreNeverJoined() throws IOException {
    Files.writeString(folder.resolve("a.txt.part"), "old ");
    Files.writeString(folder.resolve("a.txt.part.version"), "\"old\"");
    content.put("/a.txt", "new text".getBytes(StandardCharsets.UTF_8));
    Path file =
        downloader().run(download("a.txt", Optional.empty(), "/a.txt"), folder, bytes -> {});
    assertEquals("new text", Files.readString(file));
  }

  @Test
  void aMirrorAnswersWhereTheFirstServerDoesNot() throws IOException {
    content.put("/b.txt", "text".getBytes(StandardCharsets.UTF_8));
    PublicCorpus.Download download =
        download("a.txt", Optional.empty(), "/gone.txt", "/moved/b.txt");
    assertEquals("text", Files.readString(downloader().run(download, folder, bytes -> {})));
    assertEquals(List.of("/gone.txt", "/moved/b.txt", "/b.txt"), requests);
  }

  @Test
  void aFileWithAnotherHashIsRefusedAndNotKept() {
    content.put("/a.txt", "forged".getBytes(StandardCharsets.UTF_8));
    String hash = Sha256.of("text".getBytes(StandardCharsets.UTF_8));
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () ->
                downloader()
                    .run(download("a.txt", Optional.of(hash), "/a.txt"), folder, bytes -> {}));
    assertEquals(
        "cannot download a.txt: " + url("/a.txt") + ": its SHA-256 is not " + hash,
        refusal.getMessage());
    assertFalse(Files.exists(folder.resolve("a.txt")));
    assertFalse(Files.exists(folder.resolve("a.txt.part")));
  }

  @Test
  void requestsGoThroughTheProxyOfTheEnvironment() throws IOException {
    content.put("/a.txt", "by proxy".getBytes(StandardCharsets.UTF_8));
    FileDownload throughProxy =
        new FileDownload(
            new EnvironmentProxy(Map.of("HTTP_PROXY", url("").toString())), Duration.ofMillis(500));
    PublicCorpus.Download download =
        new PublicCorpus.Download(
            "a.txt", List.of(URI.create("http://corpus.invalid/a.txt")), 0, Optional.empty());
    assertEquals("by proxy", Files.readString(throughProxy.run(download, folder, bytes -> {})));
  }

  @Test
  void hostsExcludedFromTheProxyAreAskedDirectly() {
    EnvironmentProxy proxy =
        new EnvironmentProxy(
            Map.of("https_proxy", "proxy.example:8080", "no_proxy", ".example.org,localhost"));
    assertEquals(java.net.Proxy.NO_PROXY, proxy.of(URI.create("https://data.example.org/a")));
    assertEquals(
        "proxy.example:8080",
        String.valueOf(proxy.of(URI.create("https://example.com/a")).address())
            .replaceAll("/<unresolved>|^/", ""));
  }

  @Test
  void heldOutPairsAreInNoOtherSplit() throws IOException {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      table.append("Number ").append(i / 2 * 2).append(".\t第").append(i).append("号。\tx\n");
      table.append("Only ").append(i).append(".\t只有").append(i).append("。\tx\n");
    }
    content.put("/a.zip", zip("cmn.txt", table.toString()));
    Map<String, Integer> written =
        fetch(
                corpus(
                    download("a.zip", Optional.empty(), "/a.zip"),
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
    content.put("/a.tgz", Arrays.copyOf(whole, whole.length / 2));
    content.put("/a.zip", "no archive".getBytes(StandardCharsets.UTF_8));
    for (String name : List.of("a.tgz", "a.zip")) {
      CorpusFetch fetch =
          fetch(corpus(download(name, Optional.empty(), "/" + name), table(name + "!cmn.txt")));
      String message =
          assertThrows(InvalidInputException.class, () -> fetch.run(bytes -> {})).getMessage();
      assertTrue(
          message.startsWith("cannot read " + fetch.downloads().resolve(name) + ": "), message);
    }
  }

  @Test
  void aMemberThatIsNotThereIsNamed() throws IOException {
    content.put("/a.zip", zip("other.txt", TABLE));
    CorpusFetch fetch =
        fetch(corpus(download("a.zip", Optional.empty(), "/a.zip"), table("a.zip!cmn.txt")));
    assertEquals(
        "a.zip has no file cmn.txt",
        assertThrows(InvalidInputException.class, () -> fetch.run(bytes -> {})).getMessage());
  }
}
