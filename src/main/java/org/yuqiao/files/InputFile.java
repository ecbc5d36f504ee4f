package org.yuqiao.files;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/**
 * Opens a file to be read once: plain, gzip or xz, recognized by its first bytes. The path "-" is
 * standard input.
 */
public final class InputFile {
  private static final Path STANDARD_INPUT = Path.of("-");
  private static final int MAGIC_BYTES = 6;

  /** The maximum memory for decompressing xz, whose header says how much it needs. */
  private static final int MAX_XZ_KIB = 256 << 10;

  private InputFile() {}

  /** The compressions that are recognized, with the first bytes of their files. */
  private enum Compression {
    GZIP("gzip", "\u001f\u008b"),
    XZ("xz", "\u00fd7zXZ\u0000"),
    BZIP2("bzip2", "BZh"),
    ZSTANDARD("Zstandard", "(\u00b5/\u00fd"),
    ZIP("zip", "PK\u0003\u0004"),
    NONE("nothing", "");

    private final String title;
    private final String magic;

    Compression(String title, String magic) {
      this.title = title;
      this.magic = magic;
    }

    static Compression of(InputStream in) throws IOException {
      in.mark(MAGIC_BYTES);
      byte[] head = in.readNBytes(MAGIC_BYTES);
      in.reset();
      return of(head);
    }

    static Compression of(byte[] head) {
      return Arrays.stream(values()).filter(c -> c.matches(head)).findFirst().orElse(NONE);
    }

    private boolean matches(byte[] head) {
      return new String(head, StandardCharsets.ISO_8859_1).startsWith(magic);
    }
  }

  /** Whether the path stands for standard input. */
  public static boolean isStandardInput(Path file) {
    return file.equals(STANDARD_INPUT);
  }

  /** The name in messages. */
  public static String name(Path file) {
    return isStandardInput(file) ? "standard input" : file.toString();
  }

  /**
   * Opens a file and decompresses it while it is read.
   *
   * @throws InvalidInputException when it does not exist, cannot be read, or is compressed in
   *     another way
   */
  public static InputStream open(Path file) {
    try {
      if (!isStandardInput(file) && Files.isDirectory(file)) {
        throw new InvalidInputException(file + " is a folder; expected a file");
      }
      InputStream in =
          isStandardInput(file)
              ? new StandardInput()
              : new BufferedInputStream(new Available(Files.newInputStream(file), 0));
      return decompressed(in, name(file));
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + name(file) + ": " + IoError.message(e), e);
    }
  }

  /**
   * Decompresses a stream that supports marks, or returns it as it is when it is not compressed.
   *
   * @throws InvalidInputException when it is compressed with anything but gzip and xz
   * @throws IOException when its beginning is damaged, cut off, or needs too much memory
   */
  public static InputStream decompressed(InputStream in, String name) throws IOException {
    Compression compression = Compression.of(in);
    return switch (compression) {
      case GZIP, XZ -> {
        try {
          yield new Decompressed(decoder(compression, in));
        } catch (IOException e) {
          throw damaged(e);
        }
      }
      case NONE -> in;
      case BZIP2, ZSTANDARD, ZIP -> {
        in.close();
        throw new InvalidInputException(
            name
                + " is compressed with "
                + compression.title
                + "; expected gzip, xz or no compression");
      }
    };
  }

  /** Whether a file with these first bytes is compressed. */
  public static boolean isCompressed(byte[] head) {
    return Compression.of(head) != Compression.NONE;
  }

  private static InputStream decoder(Compression compression, InputStream in) throws IOException {
    long heapKib = Runtime.getRuntime().maxMemory() >> 10;
    return compression == Compression.GZIP
        ? new GZIPInputStream(new Available(in, 1), 1 << 16)
        : new XZInputStream(in, (int) Math.min(MAX_XZ_KIB, heapKib / 2));
  }

  /** An error of a decoder with its reason in words. */
  private static IOException damaged(IOException e) {
    if (e instanceof EOFException) {
      return inWords("the compressed data is cut off", e);
    }
    if (e instanceof MemoryLimitException limit) {
      return inWords(
          String.format(
              Locale.ROOT,
              "decompressing it needs %,d KiB of memory, and at most %,d KiB are allowed",
              limit.getMemoryNeeded(),
              limit.getMemoryLimit()),
          e);
    }
    if (e instanceof UnsupportedOptionsException) {
      return inWords("it is compressed with options that are not supported", e);
    }
    return e instanceof ZipException || e instanceof XZIOException
        ? inWords("the compressed data is damaged", e)
        : e;
  }

  /** Not as a cause: {@link IoError} gives the reason of the innermost cause. */
  private static IOException inWords(String reason, IOException e) {
    IOException words = new IOException(reason);
    words.addSuppressed(e);
    return words;
  }

  /**
   * The bytes of a file that is read whole.
   *
   * @throws NoSuchFileException when there is no file
   * @throws InvalidInputException when it has more than {@code max} bytes
   */
  public static byte[] bytes(Path file, int max) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(max);
      if (bytes.length == max && in.read() >= 0) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s has %s bytes; expected at most %,d",
                file,
                Files.isRegularFile(file) ? String.format("%,d", Files.size(file)) : "endless",
                max));
      }
      return bytes;
    }
  }

  /** The number of bytes behind decompression; {@code Long.MAX_VALUE} when it is not known. */
  public static long maxBytes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Long.MAX_VALUE;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Compression.of(in) == Compression.NONE ? Files.size(file) : Long.MAX_VALUE;
    }
  }

  /**
   * Refuses standard input and pipes where a file is read several times.
   *
   * @param reader who reads it, as the beginning of a sentence
   */
  public static void requireRereadable(Path file, String reader) {
    if (isStandardInput(file) || (Files.exists(file) && !Files.isRegularFile(file))) {
      throw new InvalidInputException(
          String.format(
              "%s%s can be read only once, but %s reads it several times; write it to a file first",
              name(file),
              isStandardInput(file) || Files.isDirectory(file) ? "" : " is a pipe and",
              reader));
    }
  }

  /** Standard input with marks; it stays open. */
  private static final class StandardInput extends FilterInputStream {
    StandardInput() {
      super(System.in.markSupported() ? System.in : new BufferedInputStream(System.in));
    }

    @Override
    public void close() {
      // it belongs to the process
    }
  }

  /**
   * A stream that does not count the bytes that are ready: Java cannot for a pipe, and gzip looks
   * for a further member only where there are some.
   */
  private static final class Available extends FilterInputStream {
    private final int bytes;

    Available(InputStream in, int bytes) {
      super(in);
      this.bytes = bytes;
    }

    @Override
    public int available() {
      return bytes;
    }
  }

  /** Says in words why compressed data cannot be read. */
  private static final class Decompressed extends FilterInputStream {
    Decompressed(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw damaged(e);
      }
    }
  }
}
