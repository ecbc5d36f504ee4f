package org.yuqiao.corpus.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.Sha256;

/**
 * Downloads a file over HTTP: each mirror in turn, a broken download continued where it stopped,
 * the hash checked. The file has its name only once it is whole.
 */
final class FileDownload {
  private static final int ATTEMPTS = 3;
  private static final int MAX_REDIRECTS = 5;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final String AGENT = "yuqiao";

  private final EnvironmentProxy proxy;
  private final Duration timeout;

  /**
   * Downloads through {@code proxy}.
   *
   * @param timeout the maximum time without a byte
   */
  FileDownload(EnvironmentProxy proxy, Duration timeout) {
    this.proxy = proxy;
    this.timeout = timeout;
  }

  /**
   * Downloads {@code download} into {@code folder}, unless it is there.
   *
   * @param progress receives the number of bytes since its last call
   * @throws InvalidInputException when no mirror gives the file, with the reason of each
   */
  Path run(PublicCorpus.Download download, Path folder, LongConsumer progress) {
    Path file = folder.resolve(download.file());
    if (Files.exists(file) && matches(download, file)) {
      return file;
    }
    List<String> failures = new ArrayList<>();
    for (URI url : download.urls()) {
      Optional<String> failure = from(url, download, file, progress);
      if (failure.isEmpty()) {
        return file;
      }
      failures.add(url + ": " + failure.get());
    }
    throw new InvalidInputException(
        "cannot download " + download.file() + ": " + String.join("; ", failures));
  }

  /** Tries one mirror; the reason when it fails. */
  private Optional<String> from(
      URI url, PublicCorpus.Download download, Path file, LongConsumer progress) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    String failure = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        append(url, part, progress);
        if (!matches(download, part)) {
          Files.delete(part);
          return Optional.of("its SHA-256 is not " + download.sha256().orElseThrow());
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return Optional.empty();
      } catch (StatusException e) {
        return Optional.of(e.getMessage());
      } catch (UnknownHostException e) {
        return Optional.of("there is no host " + e.getMessage());
      } catch (IOException e) {
        failure = IoError.message(e);
      }
    }
    return Optional.of(failure);
  }

  private static boolean matches(PublicCorpus.Download download, Path file) {
    try {
      return download.sha256().isEmpty()
          || Sha256.of(List.of(file)).equals(download.sha256().get());
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** An answer other than the file. */
  private static final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;

    StatusException(String message) {
      super(message);
    }
  }

  private void append(URI url, Path part, LongConsumer progress) throws IOException {
    Files.createDirectories(part.toAbsolutePath().getParent());
    Path validatorFile = part.resolveSibling(part.getFileName() + ".version");
    long have = Files.exists(part) ? Files.size(part) : 0;
    String version = Files.exists(validatorFile) ? Files.readString(validatorFile) : "";
    HttpURLConnection connection = open(url, version.isEmpty() ? 0 : have, version);
    try {
      int status = connection.getResponseCode();
      if (status == RANGE_NOT_SATISFIABLE) {
        Files.delete(part);
        throw new IOException("what was there could not be continued");
      }
      boolean continued = status == HttpURLConnection.HTTP_PARTIAL;
      if (!continued && status != HttpURLConnection.HTTP_OK) {
        throw new StatusException("the server answers " + status);
      }
      Files.writeString(validatorFile, version(connection));
      progress.accept(continued ? have : 0);
      long length = connection.getContentLengthLong();
      long written = copy(connection, part, continued, progress);
      if (length >= 0 && written != length) {
        throw new IOException("the connection ended after " + written + " of " + length + " bytes");
      }
      Files.delete(validatorFile);
    } finally {
      connection.disconnect();
    }
  }

  private static long copy(
      HttpURLConnection connection, Path part, boolean continued, LongConsumer progress)
      throws IOException {
    long written = 0;
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(
                part,
                StandardOpenOption.CREATE,
                continued ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        written += n;
        progress.accept(n);
      }
    }
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return written;
  }

  /** What identifies the version of the file, so that parts of two versions are never joined. */
  private static String version(HttpURLConnection connection) {
    String tag = connection.getHeaderField("ETag");
    String modified = connection.getHeaderField("Last-Modified");
    return tag != null && !tag.startsWith("W/") ? tag : modified != null ? modified : "";
  }

  /** Opens a connection, following redirects also from http to https. */
  private HttpURLConnection open(URI url, long from, String version) throws IOException {
    URI target = url;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      Proxy through = proxy.of(target);
      HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection(through);
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) timeout.toMillis());
      connection.setReadTimeout((int) timeout.toMillis());
      connection.setRequestProperty("User-Agent", AGENT);
      connection.setRequestProperty("Accept-Encoding", "identity");
      if (from > 0) {
        connection.setRequestProperty("Range", "bytes=" + from + "-");
        connection.setRequestProperty("If-Range", version);
      }
      String location = connection.getHeaderField("Location");
      if (connection.getResponseCode() / 100 != 3 || location == null) {
        return connection;
      }
      connection.disconnect();
      target = target.resolve(location);
      if (!"http".equals(target.getScheme()) && !"https".equals(target.getScheme())) {
        throw new StatusException("the server redirects to " + target);
      }
    }
    throw new StatusException("more than " + MAX_REDIRECTS + " redirects");
  }
}
