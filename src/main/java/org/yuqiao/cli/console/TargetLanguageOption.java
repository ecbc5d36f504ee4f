package org.yuqiao.cli.console;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --target-language} of commands that translate. */
public final class TargetLanguageOption {
  @Option(
      names = "--target-language",
      paramLabel = "CODE",
      description =
          "The language a multilingual model translates into, as cmn_Hans (default: the one that comes"
              + " with the model).")
  private Optional<String> code = Optional.empty();

  /** The code; empty when the option is absent. */
  public Optional<String> code() {
    return code;
  }
}
