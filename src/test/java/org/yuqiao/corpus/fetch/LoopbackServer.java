package org.yuqiao.corpus.fetch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.yuqiao.files.Sha256;

/**
 * Publishes files on loopback with their hash as their version. {@code /moved/a} redirects to
 * {@code /a}, and {@code /moved/moved/a} twice.
 */
final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> content = new HashMap<>();
  private final Map<String, Integer> cuts = new HashMap<>();
  private final Map<String, String> headers = new HashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Headers> received = new CopyOnWriteArrayList<>();

  LoopbackServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  void put(String path, byte[] bytes) {
    content.put(path, bytes);
  }

  void put(String path, String text) {
    put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The next answer ends after so many bytes. */
  void cutOnce(String path, int bytes) {
    cuts.put(path, bytes);
  }

  /** Answers have this header; the version of files is not sent. */
  void sendInsteadOfVersions(String header, String value) {
    headers.put(header, value);
  }

  /** The path of each request, with its range if it has one. */
  List<String> requests() {
    return requests;
  }

  /** The headers of each request. */
  List<Headers> received() {
    return received;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  PublicCorpus.Download download(String file, Optional<String> sha256, String... paths) {
    return new PublicCorpus.Download(file, Arrays.stream(paths).map(this::url).toList(), 0, sha256);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + (range == null ? "" : " " + range));
    received.add(exchange.getRequestHeaders());
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
    String version = "\"" + Sha256.of(bytes) + "\"";
    if (headers.isEmpty()) {
      exchange.getResponseHeaders().add("ETag", version);
    }
    headers.forEach(exchange.getResponseHeaders()::add);
    String wanted = exchange.getRequestHeaders().getFirst("If-Range");
    boolean sameVersion = version.equals(wanted) || headers.containsValue(wanted);
    int from = 0;
    if (range != null && sameVersion) {
      from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      if (from >= bytes.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
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

  @Override
  public void close() {
    server.stop(0);
  }
}
