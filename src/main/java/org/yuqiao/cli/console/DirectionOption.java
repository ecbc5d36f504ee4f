package org.yuqiao.cli.console;

import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ShippedModels;
import picocli.CommandLine.Option;

/** The option {@code --direction} of commands that use a shipped model by default. */
public final class DirectionOption {
  @Option(
      names = "--direction",
      paramLabel = "zh-en|en-zh",
      description = "The shipped model without --model (default: zh-en).")
  private Optional<String> direction = Optional.empty();

  /** The folder of the shipped model. */
  public Path shipped() {
    return ShippedModels.ofProgram().direction(direction.orElse("zh-en")).path();
  }

  /**
   * Compares the option with the model that is used.
   *
   * @throws InvalidInputException when the model translates in the other direction
   */
  public void check(ExperimentSettings settings) {
    InvalidInputException.require(
        direction.orElse(settings.direction()).equals(settings.direction()),
        "--direction is "
            + direction.orElse("")
            + ", but the model translates "
            + settings.direction());
  }
}
