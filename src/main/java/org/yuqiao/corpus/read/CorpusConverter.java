package org.yuqiao.corpus.read;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;

/** Writes a corpus in another format, pair by pair. */
public final class CorpusConverter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CorpusConverter() {}

  /** How a pair is written. */
  private interface Format {
    String line(SentencePair pair) throws IOException;
  }

  /**
   * Converts all pairs; the endings of the names choose the formats.
   *
   * @param progress receives 1 for each pair written
   * @return how many pairs were written
   */
  public static long convert(CorpusFiles in, CorpusFiles out, LongConsumer progress) {
    List<Path> files = out.paths();
    if (files.size() == 2) {
      boolean englishFirst = files.get(0).toString().endsWith(".en");
      write(in, progress, files.get(englishFirst ? 1 : 0), "", "", pair -> oneLine(pair.chinese()));
      return write(
          in, progress, files.get(englishFirst ? 0 : 1), "", "", pair -> oneLine(pair.english()));
    }
    Path file = files.get(0);
    String name = file.toString();
    if (name.endsWith(".tsv") || name.endsWith(".txt")) {
      return write(
          in,
          progress,
          file,
          "",
          "",
          pair -> oneLine(pair.chinese()) + "\t" + oneLine(pair.english()));
    }
    if (name.endsWith(".jsonl") || name.endsWith(".json")) {
      return write(
          in,
          progress,
          file,
          "",
          "",
          pair ->
              JSON.writeValueAsString(
                  JSON.createObjectNode().put("zh", pair.chinese()).put("en", pair.english())));
    }
    if (name.endsWith(".tmx")) {
      return write(in, progress, file, TMX_HEAD, TMX_TAIL, CorpusConverter::unit);
    }
    throw new InvalidInputException(
        file
            + ": unknown format; expected .tsv, .txt, .jsonl, .json, .tmx, or two files as a.zh,a.en");
  }

  private static long write(
      CorpusFiles in, LongConsumer progress, Path file, String head, String tail, Format format) {
    long[] count = {0};
    AtomicFile.write(
        file,
        out -> {
          print(out, head);
          PairRecordReader reader = in.open();
          while (reader.hasNext()) {
            print(out, format.line(reader.nextPair()) + "\n");
            count[0]++;
            progress.accept(1);
          }
          print(out, tail);
        });
    return count[0];
  }

  private static void print(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A tab or line break inside a sentence would shift everything behind it. */
  private static String oneLine(String sentence) {
    return sentence.replaceAll("[\\t\\r\\n]+", " ");
  }

  private static final String TMX_HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <tmx version="1.4">
      <header creationtool="yuqiao" creationtoolversion="1" segtype="sentence" o-tmf="tsv"
          adminlang="en" srclang="zh" datatype="plaintext"/>
      <body>
      """;
  private static final String TMX_TAIL = "</body>\n</tmx>\n";

  private static String unit(SentencePair pair) {
    return "<tu><tuv xml:lang=\"zh\"><seg>"
        + escaped(pair.chinese())
        + "</seg></tuv><tuv xml:lang=\"en\"><seg>"
        + escaped(pair.english())
        + "</seg></tuv></tu>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
