package org.yuqiao.corpus.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Sha256;

/** Downloads files from a server on loopback. */
class FileDownloadTest {
  private static final String TEXT = "Some text.\n";

  @TempDir private Path folder;
  @AutoClose private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LoopbackServer();
  }

  private static FileDownload downloader() {
    return new FileDownload(new EnvironmentProxy(Map.of()), Duration.ofSeconds(20));
  }

  private String refusal(PublicCorpus.Download download) {
    return assertThrows(
            InvalidInputException.class, () -> downloader().run(download, folder, bytes -> {}))
        .getMessage();
  }

  private void leavePart(String text, String version) throws IOException {
    Files.writeString(folder.resolve("a.txt.part"), text);
    Files.writeString(folder.resolve("a.txt.part.version"), version);
  }

  private String downloaded() throws IOException {
    return Files.readString(
        downloader()
            .run(server.download("a.txt", Optional.empty(), "/a.txt"), folder, bytes -> {}));
  }

  @Test
  void aBrokenDownloadContinuesWhereItStopped() throws IOException {
    byte[] bytes = TEXT.repeat(1000).getBytes(StandardCharsets.UTF_8);
    server.put("/a.zip", bytes);
    server.cutOnce("/a.zip", 100);
    long[] progress = {0};
    Path file =
        downloader()
            .run(
                server.download("a.zip", Optional.of(Sha256.of(bytes)), "/a.zip"),
                folder,
                n -> progress[0] += n);
    assertEquals(Sha256.of(bytes), Sha256.of(List.of(file)));
    assertEquals(2, server.requests().size(), server.requests().toString());
    assertTrue(server.requests().get(1).startsWith("/a.zip bytes="), server.requests().toString());
    assertTrue(progress[0] >= bytes.length && progress[0] <= bytes.length + 100, "" + progress[0]);
    assertFalse(Files.exists(folder.resolve("a.zip.part")));
    assertFalse(Files.exists(folder.resolve("a.zip.part.version")));
  }

  @Test
  void partsOfTwoVersionsAreNeverJoined() throws IOException {
    Files.writeString(folder.resolve("a.txt.part"), "old ");
    Files.writeString(folder.resolve("a.txt.part.version"), "\"old\"");
    server.put("/a.txt", "new text".getBytes(StandardCharsets.UTF_8));
    Path file =
        downloader().run(server.download("a.txt", Optional.empty(), "/a.txt"), folder, bytes -> {});
    assertEquals("new text", Files.readString(file));
  }

  @Test
  void aMirrorAnswersWhereTheFirstServerDoesNot() throws IOException {
    server.put("/b.txt", "text".getBytes(StandardCharsets.UTF_8));
    PublicCorpus.Download download =
        server.download("a.txt", Optional.empty(), "/gone.txt", "/moved/b.txt");
    assertEquals("text", Files.readString(downloader().run(download, folder, bytes -> {})));
    assertEquals(List.of("/gone.txt", "/moved/b.txt", "/b.txt"), server.requests());
  }

  @Test
  void aFileWithAnotherHashIsRefusedAndNotKept() {
    server.put("/a.txt", "forged".getBytes(StandardCharsets.UTF_8));
    String hash = Sha256.of("text".getBytes(StandardCharsets.UTF_8));
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () ->
                downloader()
                    .run(
                        server.download("a.txt", Optional.of(hash), "/a.txt"),
                        folder,
                        bytes -> {}));
    assertEquals(
        "cannot download a.txt: " + server.url("/a.txt") + ": its SHA-256 is not " + hash,
        refusal.getMessage());
    assertFalse(Files.exists(folder.resolve("a.txt")));
    assertFalse(Files.exists(folder.resolve("a.txt.part")));
  }

  @Test
  void requestsGoThroughTheProxyOfTheEnvironment() throws IOException {
    server.put("/a.txt", "by proxy".getBytes(StandardCharsets.UTF_8));
    FileDownload throughProxy =
        new FileDownload(
            new EnvironmentProxy(Map.of("HTTP_PROXY", server.url("").toString())),
            Duration.ofSeconds(20));
    PublicCorpus.Download download =
        new PublicCorpus.Download(
            "a.txt", List.of(URI.create("http://corpus.invalid/a.txt")), 0, Optional.empty());
    assertEquals("by proxy", Files.readString(throughProxy.run(download, folder, bytes -> {})));
  }

  @Test
  void aFileThatIsThereIsNotDownloadedUnlessItsHashIsAnother() throws IOException {
    server.put("/a.txt", TEXT);
    Files.writeString(folder.resolve("a.txt"), "there");
    assertEquals("there", downloaded());
    String there = Sha256.of("there".getBytes(StandardCharsets.UTF_8));
    downloader().run(server.download("a.txt", Optional.of(there), "/a.txt"), folder, bytes -> {});
    assertEquals(List.of(), server.requests());
    String other = Sha256.of(TEXT.getBytes(StandardCharsets.UTF_8));
    Path file =
        downloader()
            .run(server.download("a.txt", Optional.of(other), "/a.txt"), folder, bytes -> {});
    assertEquals(TEXT, Files.readString(file));
  }

  @Test
  void aPartOfTheSameVersionIsContinuedAndCountsAsProgress() throws IOException {
    server.put("/a.txt", TEXT);
    leavePart("Some", "\"" + Sha256.of(TEXT.getBytes(StandardCharsets.UTF_8)) + "\"");
    long[] progress = {0};
    Path file =
        downloader()
            .run(
                server.download("a.txt", Optional.empty(), "/a.txt"),
                folder,
                bytes -> progress[0] += bytes);
    assertEquals(TEXT, Files.readString(file));
    assertEquals(TEXT.length(), progress[0]);
    assertTrue(server.requests().contains("/a.txt bytes=4-"), server.requests().toString());
  }

  @Test
  void theDateOfAFileIsItsVersionWhereItHasNoOther() throws IOException {
    server.put("/a.txt", TEXT);
    String date = "Sun, 29 Nov 2026 12:00:00 GMT";
    server.sendInsteadOfVersions("Last-Modified", date);
    leavePart("Some", date);
    assertEquals(TEXT, downloaded());
    assertEquals(List.of("/a.txt bytes=4-"), server.requests());
  }

  @Test
  void aWeakVersionContinuesNothing() throws IOException {
    byte[] bytes = TEXT.repeat(100).getBytes(StandardCharsets.UTF_8);
    server.put("/a.txt", bytes);
    server.sendInsteadOfVersions("ETag", "W/\"1\"");
    server.cutOnce("/a.txt", 10);
    assertEquals(TEXT.repeat(100), downloaded());
    assertEquals(List.of("/a.txt", "/a.txt"), server.requests());
  }

  @Test
  void aPartThatCannotBeContinuedIsDownloadedAnew() throws IOException {
    server.put("/a.txt", TEXT);
    leavePart(TEXT, "\"" + Sha256.of(TEXT.getBytes(StandardCharsets.UTF_8)) + "\"");
    assertEquals(TEXT, downloaded());
    assertEquals(List.of("/a.txt bytes=11-", "/a.txt"), server.requests());
  }

  @Test
  void aConnectionThatAlwaysBreaksIsTriedThreeTimes() throws IOException {
    try (ServerSocket breaking = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      int[] connections = {0};
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (true) {
                    try (var connection = breaking.accept()) {
                      connections[0]++;
                      connection.getInputStream().read(new byte[1000]);
                      connection
                          .getOutputStream()
                          .write(
                              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nSome"
                                  .getBytes(StandardCharsets.US_ASCII));
                    }
                  }
                } catch (IOException e) {
                  // closed by the test
                }
              });
      thread.start();
      URI url = URI.create("http://127.0.0.1:" + breaking.getLocalPort() + "/a.txt");
      String message =
          refusal(new PublicCorpus.Download("a.txt", List.of(url), 0, Optional.empty()));
      assertTrue(message.startsWith("cannot download a.txt: " + url + ": "), message);
      assertEquals(3, connections[0], message);
    }
  }

  @Test
  void aServerThatIsSilentIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/a.txt");
      FileDownload impatient =
          new FileDownload(new EnvironmentProxy(Map.of()), Duration.ofMillis(50));
      PublicCorpus.Download download =
          new PublicCorpus.Download("a.txt", List.of(url), 0, Optional.empty());
      String message =
          assertThrows(
                  InvalidInputException.class, () -> impatient.run(download, folder, bytes -> {}))
              .getMessage();
      assertTrue(message.toLowerCase(Locale.ROOT).contains("timed out"), message);
    }
  }

  @Test
  void fiveRedirectsAreFollowedAndNoMore() throws IOException {
    server.put("/a.txt", TEXT);
    String five = "/moved".repeat(5) + "/a.txt";
    Path file =
        downloader().run(server.download("a.txt", Optional.empty(), five), folder, bytes -> {});
    assertEquals(TEXT, Files.readString(file));
    String six = "/moved".repeat(6) + "/a.txt";
    assertEquals(
        "cannot download b.txt: " + server.url(six) + ": more than 5 redirects",
        refusal(server.download("b.txt", Optional.empty(), six)));
  }

  @Test
  void redirectsToOtherProtocolsAreRefused() {
    // What stands behind /moved is the place that it redirects to.
    String elsewhere = "/movedftp://127.0.0.1/a.txt";
    assertEquals(
        "cannot download a.txt: "
            + server.url(elsewhere)
            + ": the server redirects to ftp://127.0.0.1/a.txt",
        refusal(server.download("a.txt", Optional.empty(), elsewhere)));
  }

  @Test
  void theReasonOfEachMirrorIsTold() {
    assertEquals(
        "cannot download a.txt: "
            + server.url("/gone.txt")
            + ": the server answers 404; "
            + server.url("/lost.txt")
            + ": the server answers 404",
        refusal(server.download("a.txt", Optional.empty(), "/gone.txt", "/lost.txt")));
    assertEquals(List.of("/gone.txt", "/lost.txt"), server.requests());
  }

  @Test
  void requestsNameTheProgramAndAskForNoCompression() throws IOException {
    server.put("/a.txt", TEXT);
    assertEquals(TEXT, downloaded());
    assertEquals("yuqiao", server.received().get(0).getFirst("User-Agent"));
    assertEquals("identity", server.received().get(0).getFirst("Accept-Encoding"));
  }
}
