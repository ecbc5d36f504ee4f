package org.yuqiao.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.WordSegmenter;

/**
 * The manifest {@code vectors.json} of a word-vector folder: settings and corpora to repeat the
 * training, and file hashes.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param language of the words
 * @param segmenter cut the text into words
 * @param settings of Word2Vec
 * @param corpora the files of sentence pairs, with their hashes
 * @param words the size of the vocabulary
 * @param loss mean loss per prediction on held-out sentences, in nats
 * @param session command, version, backend and machine of the training
 * @param files size and hash of each file, by name
 */
public record WordVectorsManifest(
    String format,
    int version,
    Language language,
    WordSegmenter segmenter,
    Word2VecSettings settings,
    List<Provenance.Corpus> corpora,
    int words,
    double loss,
    Provenance.Session session,
    Map<String, ModelManifest.Contents> files) {
  /** The value of {@code format}. */
  public static final String FORMAT = "yuqiao-word-vectors";

  /** The version of the format that this program reads and writes. */
  public static final int VERSION = 1;

  /** Its name in a folder of word vectors, where it is written last. */
  static final String FILE = "vectors.json";

  void write(Path folder) {
    file(folder).write(this);
  }

  /**
   * Reads the manifest of a folder; empty if there is none.
   *
   * @throws InvalidInputException if it is damaged, or its format or version is unknown
   */
  public static Optional<WordVectorsManifest> read(Path folder) {
    Optional<WordVectorsManifest> manifest = file(folder).read();
    manifest
        .filter(found -> !FORMAT.equals(found.format()) || found.version() != VERSION)
        .ifPresent(
            other -> {
              throw new InvalidInputException(
                  String.format(
                      "%s has format %s, version %d; this program reads %s, version %d",
                      folder.resolve(FILE), other.format(), other.version(), FORMAT, VERSION));
            });
    return manifest;
  }

  private static ManifestFile<WordVectorsManifest> file(Path folder) {
    return new ManifestFile<>(folder.resolve(FILE), WordVectorsManifest.class);
  }
}
