package org.yuqiao.files;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Atomic file replacement: write to a temporary file beside it, sync, rename. A crash leaves either
 * the old file or the new one.
 */
public final class AtomicFile {
  private static final Pattern PROCESS = Pattern.compile("\\.([0-9]{1,18})\\.tmp");

  /** Two processes that write one file at a time do not write into each other's temporary file. */
  private static final String OWN_TEMPORARY = "." + ProcessHandle.current().pid() + ".tmp";

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}; need not flush or close it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces {@code file} by what {@code content} writes, creating missing parent folders.
   *
   * @throws InvalidInputException when writing fails (disk full, read-only); the old file is
   *     untouched
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling(target.getFileName() + OWN_TEMPORARY);
    try {
      Files.createDirectories(target.getParent());
      deleteLeftOver(target);
      try (FileOutputStream raw = new FileOutputStream(temporary.toFile());
          BufferedOutputStream out = new BufferedOutputStream(raw, 1 << 16)) {
        content.writeTo(new NonClosing(out));
        out.flush();
        raw.getFD().sync();
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(target.getParent());
    } catch (IOException | UncheckedIOException e) {
      deleteQuietly(temporary);
      throw new InvalidInputException("cannot write " + file + ": " + IoError.message(e), e);
    } catch (RuntimeException | Error e) {
      deleteQuietly(temporary);
      throw e;
    }
  }

  /** Replaces {@code file} by {@code text} in UTF-8. */
  public static void write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Ignores close, which many libraries call, to keep the file open until it is synced. */
  private static final class NonClosing extends FilterOutputStream {
    NonClosing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Deletes temporary files of the target that belong to processes which are gone. */
  private static void deleteLeftOver(Path target) throws IOException {
    String name = target.getFileName().toString();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            target.getParent(), entry -> isLeftOver(name, entry.getFileName().toString()))) {
      for (Path entry : entries) {
        deleteQuietly(entry);
      }
    }
  }

  private static boolean isLeftOver(String target, String name) {
    if (!name.startsWith(target + ".") || !name.endsWith(".tmp")) {
      return false;
    }
    Matcher process = PROCESS.matcher(name.substring(target.length()));
    return process.matches() && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty();
  }

  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open a folder as a file; there the rename itself is durable enough.
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The first failure is the one to report.
    }
  }
}
