package org.yuqiao.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A folder of files that are written one by one; the last of them marks it as complete. */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Refuses a folder that holds anything but what a writing that was killed left there, so that
   * nothing is overwritten.
   *
   * @param files the names of the files written before the last
   * @param last the name of the file written last
   * @throws InvalidInputException when it holds something else or cannot be read
   */
  public static void requireFree(Path folder, Collection<String> files, String last) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (!entries
          .map(entry -> entry.getFileName().toString())
          .allMatch(name -> isLeftOver(name, files, last))) {
        throw new InvalidInputException(folder + " is not empty; choose another folder");
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
  }

  /**
   * Refuses a folder that holds something.
   *
   * @throws InvalidInputException when it is not empty or cannot be read
   */
  public static void requireEmpty(Path folder) {
    requireFree(folder, List.of(), "");
  }

  private static boolean isLeftOver(String name, Collection<String> files, String last) {
    String file = name.replaceFirst("(\\.[0-9]+)?\\.tmp$", "");
    return files.contains(file) || (file.equals(last) && !name.equals(last));
  }
}
