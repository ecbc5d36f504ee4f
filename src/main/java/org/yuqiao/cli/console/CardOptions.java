package org.yuqiao.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.store.ModelCard;
import picocli.CommandLine.Option;

/** Options for what the card of a model says of license and sources. */
public final class CardOptions {
  @Option(
      names = "--license",
      paramLabel = "NAME",
      description = "The license of the model on its card (default: ${DEFAULT-VALUE}).")
  private String license = ModelCard.Words.DEFAULT.license();

  @Option(
      names = "--notes",
      paramLabel = "FILE",
      description = "Markdown sections for the card, as of sources with their licenses.")
  private Optional<Path> notes = Optional.empty();

  /**
   * The words for the card.
   *
   * @throws InvalidInputException when the file cannot be read
   */
  public ModelCard.Words words() {
    return new ModelCard.Words(license, notes.map(CardOptions::read).orElse(""));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }
}
