package org.yuqiao.experiment;

import java.util.List;
import java.util.Locale;
import org.yuqiao.corpus.CorpusSettings;
import org.yuqiao.decode.DecodingSettings;
import org.yuqiao.files.BadInput;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Tie;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Language;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.train.OptimiserSettings;
import org.yuqiao.train.TrainingSettings;

/**
 * All settings of an experiment; {@code defaults.yaml} explains each.
 *
 * @param direction zh-en or en-zh
 */
public record ExperimentSettings(
    String direction,
    Data data,
    Subwords subwords,
    ModelSettings model,
    EmbeddingSettings embedding,
    TrainingSettings train,
    OptimiserSettings optimiser,
    DecodingSettings decode) {

  /** Checks what a single section cannot. */
  public ExperimentSettings {
    if (!direction.equals("zh-en") && !direction.equals("en-zh")) {
      throw new BadInput("direction must be zh-en or en-zh, not '" + direction + "'");
    }
    if (model.kind() != ModelKind.ENCODER_DECODER && model.kind() != ModelKind.RECURRENT) {
      String kind = model.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
      throw new BadInput(
          "model.kind " + kind + " is not there yet; encoder-decoder and recurrent are");
    }
    if (train.maximumTokens() >= model.maximumPositions()) {
      throw new BadInput("train.maximumTokens must be below model.maximumPositions");
    }
    if (model.tie() == Tie.THREE_WAY && !subwords.joint()) {
      throw new BadInput("model.tie three-way needs one vocabulary: set subwords.joint to true");
    }
    optimiser.schedule(model.width());
    embedding.check(model.tie() == Tie.THREE_WAY, optimiser.weightDecay());
  }

  /**
   * Where the sentences are.
   *
   * @param pairs how many of the pairs left by cleaning are trained on, from the first; 0 for all
   */
  public record Data(
      List<String> train,
      List<String> valid,
      List<String> test,
      long pairs,
      CorpusSettings cleaning) {
    /** Checks the number. */
    public Data {
      if (pairs < 0) {
        throw new BadInput("data.pairs must not be below 0, but is " + pairs);
      }
    }
  }

  /** How they are cut into tokens. */
  public record Subwords(
      boolean joint,
      int vocabulary,
      Segmentation segmentation,
      Fallback fallback,
      int minimumCount) {
    SubwordSettings settings() {
      return new SubwordSettings(vocabulary, segmentation, fallback, minimumCount);
    }
  }

  /** The language translated from. */
  public Language source() {
    return Language.of(direction.substring(0, 2));
  }

  /** The language translated into. */
  public Language target() {
    return source().other();
  }
}
