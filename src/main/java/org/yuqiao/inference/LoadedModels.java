package org.yuqiao.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * The models of one run, or of several with the same vocabularies that are asked together: settings
 * and text steps are those of the first.
 */
public record LoadedModels(
    ExperimentSettings settings,
    TextNormalizer sourceNormalizer,
    TextNormalizer targetNormalizer,
    Tokenizer source,
    Tokenizer target,
    List<WeightedModel> models) {
  private static final String WORD = "语桥";

  /**
   * Loads the models of {@code runs}.
   *
   * @throws InvalidInputException when a folder is no run, its training has not ended, it is an
   *     exported model that was damaged, or it has other vocabularies than the first
   */
  public static LoadedModels of(List<RunFolder> runs) {
    RunFolder first = runs.get(0);
    runs.forEach(run -> run.loadSettings().requireTranslation(run));
    ExperimentSettings settings = first.loadSettings();
    boolean simplify = settings.data().cleaning().simplify();
    TextNormalizer sourceNormalizer = TextNormalizer.of(settings.source(), simplify);
    // Its dictionaries are read when it is used first, which takes as long as reading a model.
    Thread reader = new Thread(() -> sourceNormalizer.apply(WORD), "normalizer");
    reader.setDaemon(true);
    reader.start();
    Tokenizer source = first.loadTokenizer(settings.source());
    Tokenizer target = first.loadTokenizer(settings.target());
    List<WeightedModel> models = new ArrayList<>();
    for (RunFolder run : runs) {
      ExperimentSettings own = run.loadSettings();
      if (!run.equals(first)
          && (!own.direction().equals(settings.direction())
              || !run.loadTokenizer(own.source()).pieces().equals(source.pieces())
              || !run.loadTokenizer(own.target()).pieces().equals(target.pieces()))) {
        throw new InvalidInputException(
            run.path()
                + " and "
                + first.path()
                + " have different vocabularies; models that are asked together need the same");
      }
      models.add(weights(run, own, source, target));
    }
    return new LoadedModels(
        settings,
        sourceNormalizer,
        TextNormalizer.of(settings.target(), simplify),
        source,
        target,
        List.copyOf(models));
  }

  /**
   * Loads the models in {@code folders}.
   *
   * @throws InvalidInputException as {@link #of} does
   */
  public static LoadedModels in(List<Path> folders) {
    return of(folders.stream().map(RunFolder::new).toList());
  }

  private static WeightedModel weights(
      RunFolder run, ExperimentSettings settings, Tokenizer source, Tokenizer target) {
    EncoderDecoder model = settings.translationModel(source.size(), target.size());
    return WeightedModel.of(model, ModelWeights.open(run, model));
  }

  /** The token ids of a source sentence, after normalizing. */
  public int[] encodeSource(String sentence) {
    return source.encode(sourceNormalizer.apply(sentence));
  }

  /** The token ids of a target sentence, after normalizing. */
  public int[] encodeTarget(String sentence) {
    return target.encode(targetNormalizer.apply(sentence));
  }
}
