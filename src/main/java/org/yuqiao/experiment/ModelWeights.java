package org.yuqiao.experiment;

import java.nio.file.Files;
import org.yuqiao.backend.ParameterBuffer;
import org.yuqiao.files.BadInput;
import org.yuqiao.model.Model;
import org.yuqiao.train.Checkpoints;

/** The weights of trained models. */
final class ModelWeights {
  private ModelWeights() {}

  /**
   * The weights of a run for {@code model}.
   *
   * @throws BadInput when training has not ended, they are damaged, or do not fit
   */
  static ParameterBuffer load(RunFolder run, Model model) {
    ModelManifest.read(run.path()).ifPresent(manifest -> manifest.check(run.path()));
    if (!Files.isRegularFile(run.model())) {
      throw new BadInput(
          run.path()
              + " has no model yet; go on training with: ./yuqiao train --resume "
              + run.path());
    }
    ParameterBuffer parameters = model.initialise(0);
    Checkpoints.loadWeights(run.model(), parameters);
    return parameters;
  }
}
