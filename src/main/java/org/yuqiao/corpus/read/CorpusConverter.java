package org.yuqiao.corpus.read;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;

/** Writes a corpus in another format, pair by pair. */
public final class CorpusConverter {
  private static final Logger LOGGER = LoggerFactory.getLogger(CorpusConverter.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private CorpusConverter() {}

  /** How a pair is written. */
  private interface Format {
    String line(SentencePair pair) throws IOException;
  }

  /**
   * Converts all pairs; the endings of the names choose formats, languages and compression.
   *
   * @param progress receives 1 for each pair written
   * @return how many pairs were written
   */
  public static long convert(CorpusFiles in, CorpusFiles out, LongConsumer progress) {
    List<Path> files = out.paths();
    if (files.size() == 2) {
      return convertToTwo(in, files, progress);
    }
    Path file = files.get(0);
    CorpusFormat format =
        InputFile.isStandardInput(file) ? unwritable(file) : CorpusFormat.of(file);
    return switch (format) {
      case TSV -> write(in, progress, file, CorpusConverter::tabSeparated);
      case JSON_LINES ->
          write(
              in,
              progress,
              file,
              pair ->
                  JSON.writeValueAsString(
                      JSON.createObjectNode().put("zh", pair.chinese()).put("en", pair.english())));
      case TMX -> {
        TmxWriter tmx = new TmxWriter();
        long pairs = write(in, progress, file, TmxWriter.HEAD, TmxWriter.TAIL, tmx::unit);
        tmx.replaced().ifPresent(LOGGER::warn);
        yield pairs;
      }
    };
  }

  private static CorpusFormat unwritable(Path file) {
    throw new InvalidInputException(
        "cannot write to " + file + "; expected a file, or two files as a.zh,a.en");
  }

  /** Writes both files side by side, so that the input is read once. */
  private static long convertToTwo(CorpusFiles in, List<Path> files, LongConsumer progress) {
    int english =
        AlignedFilesRecordReader.englishByName(files)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "cannot tell the languages of "
                            + files.get(0)
                            + " and "
                            + files.get(1)
                            + " by their names; name them as a.zh,a.en"));
    long[] count = {0};
    write(
        files.get(english),
        toEnglish ->
            write(
                files.get(1 - english),
                toChinese -> {
                  try (PairRecordReader reader = in.open()) {
                    while (reader.hasNext()) {
                      SentencePair pair = reader.nextPair();
                      print(toChinese, oneLine(pair.chinese()) + "\n");
                      print(toEnglish, oneLine(pair.english()) + "\n");
                      count[0]++;
                      progress.accept(1);
                    }
                  }
                }));
    return count[0];
  }

  private static long write(CorpusFiles in, LongConsumer progress, Path file, Format format) {
    return write(in, progress, file, "", "", format);
  }

  private static long write(
      CorpusFiles in, LongConsumer progress, Path file, String head, String tail, Format format) {
    long[] count = {0};
    write(
        file,
        out -> {
          print(out, head);
          try (PairRecordReader reader = in.open()) {
            while (reader.hasNext()) {
              print(out, format.line(reader.nextPair()) + "\n");
              count[0]++;
              progress.accept(1);
            }
          }
          print(out, tail);
        });
    return count[0];
  }

  /** Writes a file, compressed when its name ends in ".gz" or ".xz". */
  private static void write(Path file, AtomicFile.Content content) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    AtomicFile.write(
        file,
        out -> {
          if (name.endsWith(".gz")) {
            try (OutputStream compressed = new GZIPOutputStream(out, 1 << 16)) {
              content.writeTo(compressed);
            }
          } else if (name.endsWith(".xz")) {
            try (OutputStream compressed = new XZOutputStream(out, new LZMA2Options())) {
              content.writeTo(compressed);
            }
          } else {
            content.writeTo(out);
          }
        });
  }

  private static void print(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A pair as a line of a tab-separated file, without its line break. */
  public static String tabSeparated(SentencePair pair) {
    return oneLine(pair.chinese()) + "\t" + oneLine(pair.english());
  }

  /** A tab or line break inside a sentence would shift everything behind it. */
  private static String oneLine(String sentence) {
    return sentence.replaceAll("[\\t\\r\\n]+", " ");
  }
}
