package org.yuqiao.cli.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.yuqiao.files.Sha256;

/** Serves a corpus in a zip file on loopback, a piece at a time; answers requests of ranges. */
final class SlowServer implements AutoCloseable {
  private static final int PIECE = 1 << 14;

  private final byte[] zip;
  private final long pauseMillis;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  SlowServer(int pairs, long pauseMillis) throws IOException {
    this.pauseMillis = pauseMillis;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pairs; i++) {
      text.append("我有").append(i).append("本书。\tI have ").append(i).append(" books.\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.setLevel(Deflater.NO_COMPRESSION);
      out.putNextEntry(new ZipEntry("all.tsv"));
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    zip = bytes.toByteArray();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Writes the registry that names the corpus {@code slow}. */
  void writeRegistry(Path file) throws IOException {
    Files.writeString(
        file,
        """
        slow:
          about: Books.
          license: CC0
          attribution: us
          pairs: 1
          downloads:
            - file: all.zip
              urls: [http://127.0.0.1:%d/all.zip]
              bytes: %d
              sha256: %s
          files:
            - {file: train.tsv, pairs: all.zip!all.tsv}
          holdOut: {valid: 20, test: 20}
        """
            .formatted(server.getAddress().getPort(), zip.length, Sha256.of(zip)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    exchange.getResponseHeaders().add("ETag", "\"1\"");
    if (from >= zip.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, zip.length - from);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int at = from; at < zip.length; at += PIECE) {
        out.write(zip, at, Math.min(PIECE, zip.length - at));
        out.flush();
        Thread.sleep(pauseMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
