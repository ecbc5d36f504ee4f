package org.yuqiao.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * The models in {@code models/} of the project, named by their direction.
 *
 * @param home the project's folder
 */
public record ShippedModels(Path home) {
  /** The models beside the launcher; without a launcher, those of the working folder. */
  public static ShippedModels ofProgram() {
    return new ShippedModels(Path.of(System.getProperty("yuqiao.home", "")));
  }

  /**
   * The model of a direction.
   *
   * @param direction zh-en or en-zh
   * @throws InvalidInputException if there is none
   */
  public RunFolder direction(String direction) {
    if (!direction.equals("zh-en") && !direction.equals("en-zh")) {
      throw new InvalidInputException(
          "--direction must be zh-en or en-zh, not '" + direction + "'");
    }
    Path folder = home.resolve("models").resolve(direction);
    if (ModelManifest.read(folder).isEmpty()) {
      throw new InvalidInputException(
          "there is no shipped model " + folder + "; name a run with --model");
    }
    return new RunFolder(folder);
  }

  /** All translation models, by name. */
  public List<RunFolder> all() {
    return folders(entry -> ModelManifest.read(entry).isPresent()).map(RunFolder::new).toList();
  }

  /** All word vectors, by name. */
  public List<WordVectorsFolder> vectors() {
    return folders(entry -> WordVectorsManifest.read(entry).isPresent())
        .map(WordVectorsFolder::new)
        .toList();
  }

  private Stream<Path> folders(Predicate<Path> filter) {
    Path folder = home.resolve("models");
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(filter).sorted().toList().stream();
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
  }
}
