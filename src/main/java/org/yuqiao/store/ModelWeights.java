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

/** Loads the weights of trained models. */
public final class ModelWeights {
  private ModelWeights() {}

  /**
   * Loads the weights of a run.
   *
   * @throws InvalidInputException if there are none yet, they are damaged, or their shapes are not
   *     those of {@code model}
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
   * Memory-maps the weights of a run; only the header is read.
   *
   * @throws InvalidInputException as {@link #load}
   */
  public static TensorFile open(RunFolder run, Model model) {
    return checked(run, () -> Checkpoints.openWeights(run.model(), model.shapes()));
  }

  /**
   * Reads all weights of a run.
   *
   * @throws InvalidInputException when one is not finite, or they are damaged
   */
  public static void requireFinite(RunFolder run) {
    try (TensorFile tensors = TensorFile.open(run.model())) {
      tensors.requireFinite();
    }
  }

  /** Reads the weights while the hashes of an exported model are verified. */
  private static <T> T checked(RunFolder run, Supplier<T> reader) {
    // Hashing takes as long as reading, so both run in parallel.
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

  /** Waits for the check; its error takes precedence. */
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
