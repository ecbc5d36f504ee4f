package org.yuqiao.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Sha256;

/**
 * What a folder that holds a model says of itself, in {@code model.json}: its format, what its
 * files must hold, and how well it translated. A run has none until it is exported.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param direction zh-en or en-zh
 * @param parameters the number of parameters
 * @param files by name, with size and hash
 * @param test the corpora that it was scored on
 * @param scores on them, by metric
 * @param signatures by metric
 */
public record ModelManifest(
    String format,
    int version,
    String direction,
    long parameters,
    Map<String, Contents> files,
    List<Provenance.Corpus> test,
    Map<String, Double> scores,
    Map<String, String> signatures) {
  /** What every such file begins with. */
  public static final String FORMAT = "yuqiao-model";

  /** The version that this program writes and reads. */
  public static final int VERSION = 1;

  private static final String NAME = "model.json";

  /**
   * What a file must hold.
   *
   * @param bytes its size
   * @param sha256 of its bytes
   */
  public record Contents(long bytes, String sha256) {
    public static Contents of(Path file) {
      try {
        return new Contents(Files.size(file), Sha256.of(List.of(file)));
      } catch (NoSuchFileException e) {
        throw new InvalidInputException(
            file + " is missing, though the model's description names it", e);
      } catch (IOException e) {
        throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
  }

  public void write(Path folder) {
    file(folder).write(this);
  }

  /**
   * That of a folder; empty when it has none, as a run.
   *
   * @throws InvalidInputException when it is damaged, or of a format that this program does not
   *     know
   */
  public static Optional<ModelManifest> read(Path folder) {
    Path file = folder.resolve(NAME);
    Optional<ModelManifest> manifest = file(folder).read();
    if (manifest.isPresent() && !FORMAT.equals(manifest.get().format())) {
      throw new InvalidInputException(
          file + " does not describe a model of Yuqiao: its format is not " + FORMAT);
    }
    if (manifest.isPresent() && manifest.get().version() != VERSION) {
      throw new InvalidInputException(
          String.format(
              "%s has version %d of the model format, but this program reads version %d",
              file, manifest.get().version(), VERSION));
    }
    return manifest;
  }

  private static ManifestFile<ModelManifest> file(Path folder) {
    return new ManifestFile<>(folder.resolve(NAME), ModelManifest.class);
  }

  /**
   * Compares the files with what they must hold.
   *
   * @throws InvalidInputException naming the first that is missing or differs
   */
  public void check(Path folder) {
    check(folder, files);
  }

  /** Compares the files of a folder with what they must hold. */
  static void check(Path folder, Map<String, Contents> files) {
    files.forEach(
        (name, expected) -> {
          Contents found = Contents.of(folder.resolve(name));
          if (!found.equals(expected)) {
            throw new InvalidInputException(
                String.format(
                    "%s is damaged or was changed: it should have %,d bytes with SHA-256 %s, but"
                        + " has %,d with %s",
                    folder.resolve(name),
                    expected.bytes(),
                    expected.sha256().substring(0, 12),
                    found.bytes(),
                    found.sha256().substring(0, 12)));
          }
        });
  }
}
