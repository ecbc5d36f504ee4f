package org.yuqiao.cli.console;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.yuqiao.files.InvalidInputException;

/** Settings that are made of the values of options. */
public final class OptionValues {
  private OptionValues() {}

  /**
   * Makes settings.
   *
   * @param renamed turns the names of settings in a sentence into those of options
   * @throws UsageException when the settings refuse a value
   */
  public static <T> T of(Supplier<T> settings, UnaryOperator<String> renamed) {
    try {
      return settings.get();
    } catch (InvalidInputException e) {
      throw new UsageException(renamed.apply(e.getMessage()));
    }
  }
}
