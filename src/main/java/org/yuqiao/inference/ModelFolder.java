package org.yuqiao.inference;

import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.files.TensorFile;
import org.yuqiao.model.Model;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.train.Checkpoints;

/**
 * A folder that holds a model: a run, an exported model, or a checkpoint of a run.
 *
 * @param run settings and tokenizers
 * @param checkpoint the file of weights, where they are not those of the finished run
 */
public record ModelFolder(RunFolder run, Optional<Path> checkpoint) {
  /**
   * Recognizes the kind of {@code folder}. A checkpoint is {@code RUN/checkpoints/step-N}; its
   * settings and tokenizers are those of the run.
   */
  public static ModelFolder of(Path folder) {
    Path run = Checkpoints.runOf(folder);
    Optional<Path> weights = run.equals(folder) ? Optional.empty() : Checkpoints.weightsIn(folder);
    return new ModelFolder(new RunFolder(run), weights);
  }

  /**
   * Opens the weights of {@code model}.
   *
   * @throws org.yuqiao.files.InvalidInputException when there are none yet, they are damaged, or
   *     have other shapes
   */
  public TensorFile open(Model model) {
    return checkpoint
        .map(file -> Checkpoints.openWeights(file, model.shapes()))
        .orElseGet(() -> ModelWeights.open(run, model));
  }
}
