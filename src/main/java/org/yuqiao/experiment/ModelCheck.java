package org.yuqiao.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;

/**
 * The scores of an exported model, recorded in {@code model.json} and recomputed.
 *
 * @param written recorded scores by metric
 * @param now recomputed scores, in the same order
 */
public record ModelCheck(Map<String, Double> written, Map<String, Double> now) {

  /**
   * Translates and scores the test corpora again.
   *
   * @param home the folder that the corpora's names are relative to
   * @param progress receives the number of translated sentences
   * @return without scores if the manifest records none, as that of an imported model
   * @throws InvalidInputException if the folder is no exported model or damaged, or a corpus has
   *     changed
   */
  public static ModelCheck of(RunFolder model, Path home, Backend backend, LongConsumer progress) {
    ModelManifest manifest =
        ModelManifest.read(model.path())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        model.path() + " is no exported model: there is no model.json in it"));
    List<String> corpora = manifest.test().stream().map(corpus -> corpus.find(home)).toList();
    try (TranslationModel loaded = TranslationModel.load(List.of(model.path()), backend)) {
      if (corpora.isEmpty()) {
        return new ModelCheck(Map.of(), Map.of());
      }
      String metrics = String.join(",", manifest.scores().keySet());
      Evaluation.Result result =
          Evaluation.run(loaded, loaded.settings().decode(), corpora, metrics, progress);
      return new ModelCheck(manifest.scores(), result.scores());
    }
  }

  /** The maximum absolute difference of a score. */
  public double difference() {
    return written.entrySet().stream()
        .mapToDouble(score -> Math.abs(score.getValue() - now.get(score.getKey())))
        .max()
        .orElse(0);
  }
}
