package org.yuqiao.corpus.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/** The formats of corpora in one file, chosen by the file extension. */
enum CorpusFormat {
  /** Tab-separated columns: {@code .tsv}, {@code .txt}. */
  TSV,
  /** A JSON object a line: {@code .jsonl}, {@code .json}. */
  JSON_LINES,
  /** Translation Memory eXchange: {@code .tmx}. */
  TMX;

  private static final int SNIFFED_BYTES = 4096;

  /** xz decompresses whole chunks, which have at most 64 KiB. */
  private static final int SNIFFED_COMPRESSED_BYTES = 1 << 17;

  /** A file name in lower case, without the extension of a compression. */
  static String plainName(Path file) {
    Path name = file.getFileName();
    return (name == null ? "" : name.toString())
        .toLowerCase(Locale.ROOT)
        .replaceFirst("\\.(gz|xz)$", "");
  }

  /** The format of a file name; empty for an unknown extension. */
  static Optional<CorpusFormat> ofName(Path file) {
    String name = plainName(file);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "tsv", "txt" -> Optional.of(TSV);
      case "jsonl", "json" -> Optional.of(JSON_LINES);
      case "tmx" -> Optional.of(TMX);
      default -> Optional.empty();
    };
  }

  /**
   * The format of a file.
   *
   * @throws InvalidInputException for an unknown extension
   */
  static CorpusFormat of(Path file) {
    if (InputFile.isStandardInput(file)) {
      return ofStandardInput();
    }
    String name = plainName(file);
    return ofName(file)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    file
                        + ": unknown format '"
                        + name.substring(name.lastIndexOf('.') + 1)
                        + "'; expected .tsv, .txt, .jsonl, .json, .tmx (also with .gz or .xz), or"
                        + " two files as a.zh,a.en"));
  }

  /** The format of standard input by its first character; nothing of it is consumed. */
  private static CorpusFormat ofStandardInput() {
    if (!System.in.markSupported()) {
      return TSV;
    }
    try {
      byte[] head = sniffed(SNIFFED_BYTES);
      return ofContent(InputFile.isCompressed(head) ? sniffed(SNIFFED_COMPRESSED_BYTES) : head);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read standard input: " + IoError.message(e), e);
    }
  }

  private static byte[] sniffed(int max) throws IOException {
    System.in.mark(max);
    byte[] head = System.in.readNBytes(max);
    System.in.reset();
    return head;
  }

  private static CorpusFormat ofContent(byte[] head) throws IOException {
    InputStream in = new BufferedInputStream(new ByteArrayInputStream(head));
    byte[] plain = new byte[SNIFFED_BYTES];
    int length = Math.max(0, InputFile.decompressed(in, "standard input").read(plain));
    // UTF-16 is found in translation memories only; its zero bytes are left out here.
    String text =
        new String(plain, 0, length, StandardCharsets.ISO_8859_1)
            .replaceFirst("^(\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)", "")
            .replace("\0", "")
            .strip();
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '{' -> JSON_LINES;
      case '<' -> TMX;
      default -> TSV;
    };
  }
}
