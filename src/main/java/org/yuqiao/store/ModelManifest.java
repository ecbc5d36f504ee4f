package org.yuqiao.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yuqiao.files.FilePath;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.Sha256;

/**
 * The manifest {@code model.json} of a model folder: format, file hashes, test scores. A run has
 * none until it is exported.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param direction zh-en or en-zh
 * @param parameters the number of parameters
 * @param files size and hash of each file, by name
 * @param test the test corpora
 * @param scores test scores by metric
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
  /** The value of {@code format}. */
  public static final String FORMAT = "yuqiao-model";

  /** The version of the format that this program reads and writes. */
  public static final int VERSION = 1;

  /** Its name in a model folder, where it is written last. */
  public static final String FILE = "model.json";

  /**
   * The contents of a file.
   *
   * @param bytes the size
   * @param sha256 SHA-256 of the bytes
   */
  public record Contents(long bytes, String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Checks the form of the hash. */
    public Contents {
      InvalidInputException.require(
          SHA256.matcher(sha256).matches(), "'" + sha256 + "' is not a SHA-256 of 64 digits");
    }

    /**
     * Size and hash of {@code file}.
     *
     * @throws InvalidInputException if it is missing or cannot be read
     */
    public static Contents of(Path file) {
      try {
        return new Contents(Files.size(file), Sha256.of(List.of(file)));
      } catch (NoSuchFileException e) {
        throw new InvalidInputException(
            file + " is missing, but the manifest of the folder lists it", e);
      } catch (IOException e) {
        throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
      }
    }
  }

  /** Writes {@code model.json} into {@code folder}. */
  public void write(Path folder) {
    file(folder).write(this);
  }

  /**
   * Reads the manifest of a folder; empty if there is none.
   *
   * @throws InvalidInputException if it is damaged, or its format or version is unknown
   */
  public static Optional<ModelManifest> read(Path folder) {
    Path file = folder.resolve(FILE);
    Optional<ModelManifest> manifest = file(folder).read();
    if (manifest.isPresent() && !FORMAT.equals(manifest.get().format())) {
      throw new InvalidInputException(
          file + " is not the manifest of a Yuqiao model: its format is not " + FORMAT);
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
    return new ManifestFile<>(folder.resolve(FILE), ModelManifest.class);
  }

  /**
   * Verifies size and hash of every file.
   *
   * @throws InvalidInputException naming the first file that is missing or differs
   */
  void check(Path folder) {
    check(folder, files);
  }

  private static Path named(Path folder, String name) {
    try {
      return FilePath.of(name);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("the manifest of " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Verifies size and hash of {@code files} in {@code folder}. */
  static void check(Path folder, Map<String, Contents> files) {
    files.forEach(
        (name, expected) -> {
          Path plain = named(folder, name).getFileName();
          InvalidInputException.require(
              !name.isEmpty() && plain != null && plain.toString().equals(name),
              folder + " describes the file '" + name + "', which is not in the folder itself");
          Contents found = Contents.of(folder.resolve(name));
          if (!found.equals(expected)) {
            throw new InvalidInputException(
                String.format(
                    "%s is damaged or was changed: expected %,d bytes with SHA-256 %s, found %,d"
                        + " with %s",
                    folder.resolve(name),
                    expected.bytes(),
                    expected.sha256().substring(0, 12),
                    found.bytes(),
                    found.sha256().substring(0, 12)));
          }
        });
  }
}
