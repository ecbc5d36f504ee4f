package org.yuqiao.corpus.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.yuqiao.files.InvalidInputException;

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
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : paths()) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + e.getFile(), e);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new InvalidInputException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }
}
