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
 * The manifest {@code vectors.json} of a folder of word vectors: how they were trained, so that
 * training can be repeated, and the hashes of the files.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param language of the words
 * @param segmenter how text was cut into words
 * @param settings of the training
 * @param corpora the files of sentence pairs, with their hashes
 * @param words how many have a vector
 * @param loss the mean loss of a prediction on held-out sentences, in nats
 * @param session the training
 * @param files by name, with size and hash
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
  /** What every such file begins with. */
  public static final String FORMAT = "yuqiao-word-vectors";

  /** The version that this program writes and reads. */
  public static final int VERSION = 1;

  private static final String NAME = "vectors.json";

  void write(Path folder) {
    file(folder).write(this);
  }

  /**
   * That of a folder; empty when it has none.
   *
   * @throws InvalidInputException when it is damaged, or of a format that this program does not
   *     know
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
                      folder.resolve(NAME), other.format(), other.version(), FORMAT, VERSION));
            });
    return manifest;
  }

  private static ManifestFile<WordVectorsManifest> file(Path folder) {
    return new ManifestFile<>(folder.resolve(NAME), WordVectorsManifest.class);
  }
}
