package org.yuqiao.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/** Lists the runs below a folder. */
public final class RunList {
  private static final int DEPTH = 6;

  private RunList() {}

  /**
   * A row of the list.
   *
   * @param step the last step with metrics
   * @param bestValidation best validation BLEU
   * @param test test BLEU
   * @param changed the time of the last metrics
   */
  public record Row(
      RunFolder run,
      RunState state,
      long step,
      OptionalDouble bestValidation,
      OptionalDouble test,
      Instant changed) {}

  /**
   * The runs in {@code folder} and below it, by path.
   *
   * @throws InvalidInputException if the folder does not exist
   */
  public static List<RunFolder> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException("there is no folder " + folder);
    }
    try (Stream<Path> tree = Files.find(folder, DEPTH, (path, a) -> a.isDirectory())) {
      return tree.map(RunFolder::new)
          .filter(RunFolder::exists)
          .sorted(Comparator.comparing(run -> run.path().toString()))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
  }

  /** The row of a run. */
  public static Row row(RunFolder run) {
    MetricsFile metrics = MetricsFile.read(run);
    return new Row(
        run,
        RunState.of(run),
        metrics.step(),
        metrics.max("validation", "bleu"),
        metrics.max("test", "bleu"),
        changed(run));
  }

  private static Instant changed(RunFolder run) {
    try {
      Path latest = Files.exists(run.metrics()) ? run.metrics() : run.settings();
      return Files.getLastModifiedTime(latest).toInstant();
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + run.path() + ": " + IoError.message(e), e);
    }
  }
}
