package org.yuqiao.corpus.fetch;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * A text in a downloaded file: the file itself, or one inside an archive, written "a.zip!text.txt".
 * Archives are zip and tar; both and plain files may be compressed with gzip, bzip2 or xz.
 *
 * @param archive the downloaded file
 * @param path the file in the archive; empty: the downloaded file itself
 */
public record Member(String archive, String path) {
  /** The maximum memory for decompression, which some formats let a file choose. */
  private static final int MAX_MEMORY_KIB = 256 << 10;

  /** The text between the tags of a segment in WMT's test sets. */
  private static final Pattern SEGMENT = Pattern.compile("<seg[^>]*>(.*?)</seg>");

  /** Takes a name apart at its exclamation mark. */
  @JsonCreator
  public static Member parse(String name) {
    int mark = name.indexOf('!');
    return mark < 0
        ? new Member(name, "")
        : new Member(name.substring(0, mark), name.substring(mark + 1));
  }

  /**
   * Writes the text to {@code out}; of an .sgm file the lines between its segment tags.
   *
   * @throws InvalidInputException when the archive has no such file
   */
  void copy(Path folder, OutputStream out) throws IOException {
    Path file = folder.resolve(archive);
    try (InputStream in = new Reading(file, open(file))) {
      if (!(path.isEmpty() ? archive : path).toLowerCase(Locale.ROOT).endsWith(".sgm")) {
        in.transferTo(out);
        return;
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher segment = SEGMENT.matcher(line);
        while (segment.find()) {
          out.write((unescaped(segment.group(1)).strip() + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** Reports a failed read as one of the downloaded file, not of the file that is written. */
  private static final class Reading extends FilterInputStream {
    private final Path file;

    Reading(Path file, InputStream in) {
      super(in);
      this.file = file;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
  }

  private static InvalidInputException unreadable(Path file, IOException e) {
    return new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  private InputStream open(Path file) {
    try {
      if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
        return inZip(new ZipFile(file.toFile()));
      }
      InputStream in = decompressed(new BufferedInputStream(Files.newInputStream(file)));
      return path.isEmpty() ? in : inTar(new TarArchiveInputStream(in));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private InputStream inZip(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(path);
    if (entry == null) {
      zip.close();
      throw missing();
    }
    return new FilterInputStream(zip.getInputStream(entry)) {
      @Override
      public void close() throws IOException {
        zip.close();
      }
    };
  }

  private InputStream inTar(TarArchiveInputStream tar) throws IOException {
    for (ArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (plain(entry.getName()).equals(path)) {
        return tar;
      }
    }
    tar.close();
    throw missing();
  }

  private static String plain(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    String format;
    try {
      format = CompressorStreamFactory.detect(in);
    } catch (CompressorException e) {
      return in; // it is not compressed
    }
    try {
      return new BufferedInputStream(
          new CompressorStreamFactory(true, MAX_MEMORY_KIB)
              .createCompressorInputStream(format, in, true));
    } catch (CompressorException e) {
      if (e.getCause() instanceof IOException cause && !(cause instanceof CompressorException)) {
        throw cause;
      }
      IOException unsupported =
          new IOException("it is compressed with " + format + ", which is not supported");
      unsupported.addSuppressed(e);
      throw unsupported;
    }
  }

  private InvalidInputException missing() {
    return new InvalidInputException(archive + " has no file " + path);
  }

  @Override
  public String toString() {
    return path.isEmpty() ? archive : archive + "!" + path;
  }
}
