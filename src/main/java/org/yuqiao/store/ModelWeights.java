package org.yuqiao.store;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.TensorFile;
import org.yuqiao.model.Model;
import org.yuqiao.train.Checkpoints;

/** The weights of trained models. */
public final class ModelWeights {
  private ModelWeights() {}

  /**
   * The weights of a run for {@code model}.
   *
   * @throws InvalidInputException when training has not ended, they are damaged, or do not fit
   */
  public static ParameterBuffer load(RunFolder run, Model model) {
    return checked(
        run,
        () -> {
          ParameterBuffer parameters = model.zeros();
          Checkpoints.loadWeights(run.model(), parameters);
          return parameters;
        });
  }

  /**
   * The same, not read yet but for what the file says of them.
   *
   * @throws InvalidInputException as {@link #load} does
   */
  public static TensorFile open(RunFolder run, Model model) {
    return checked(run, () -> Checkpoints.openWeights(run.model(), model.shapes()));
  }

  /** What {@code reader} gives, when the weights are those that were exported. */
  private static <T> T checked(RunFolder run, Supplier<T> reader) {
    // Hashing takes as long as reading: it is done beside it.
    CompletableFuture<Void> check =
        CompletableFuture.runAsync(
            () -> ModelManifest.read(run.path()).ifPresent(manifest -> manifest.check(run.path())));
    try {
      requireModel(run);
      T weights = reader.get();
      finish(check);
      return weights;
    } catch (InvalidInputException e) {
      finish(check);
      throw e;
    }
  }

  /** Waits for the check, whose message comes before any other. */
  private static void finish(CompletableFuture<Void> check) {
    try {
      check.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof InvalidInputException bad ? bad : e;
    }
  }

  private static void requireModel(RunFolder run) {
    if (!Files.isRegularFile(run.model())) {
      throw new InvalidInputException(
          run.path() + " has no model yet; resume it with: ./yuqiao train --resume " + run.path());
    }
  }
}
