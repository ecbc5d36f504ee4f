package org.yuqiao.corpus.read;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Sha256;

/**
 * A corpus as it is named on the command line or in settings: "a.tsv", "a.jsonl", "a.tmx", or two
 * plain files as "a.zh,a.en" (either order; the ending names the language).
 */
public record CorpusFiles(String name) {

  /** A reader for the format named by the ending. */
  public PairRecordReader open() {
    List<Path> files = paths();
    if (files.size() == 2) {
      boolean englishFirst = files.get(0).toString().endsWith(".en");
      return englishFirst
          ? new AlignedFilesRecordReader(files.get(1), files.get(0))
          : new AlignedFilesRecordReader(files.get(0), files.get(1));
    }
    Path file = files.get(0);
    String ending = ending(file);
    return switch (ending) {
      case "tsv", "txt" -> new TsvRecordReader(file);
      case "jsonl", "json" -> new JsonLinesRecordReader(file);
      case "tmx" -> new TmxRecordReader(file);
      default ->
          throw new InvalidInputException(
              file
                  + ": unknown format '"
                  + ending
                  + "'; expected .tsv, .txt, .jsonl, .json, .tmx, or two files as a.zh,a.en");
    };
  }

  /**
   * Reads all pairs in order.
   *
   * @throws InvalidInputException when a file is missing, unreadable or malformed
   */
  public void forEach(Consumer<SentencePair> pairs) {
    try (PairRecordReader reader = open()) {
      while (reader.hasNext()) {
        pairs.accept(reader.nextPair());
      }
    }
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The file or the two files. */
  public List<Path> paths() {
    return List.of(name.split(",", 2)).stream().map(Path::of).toList();
  }

  /** The SHA-256 of the files' bytes, for provenance. */
  public String sha256() {
    try {
      return Sha256.of(paths());
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + e.getFile(), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }
}
