package org.yuqiao.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yuqiao.files.FilePath;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;

/**
 * What the model starts from: a run, another model, or random values and how large they are.
 *
 * @param encoder the folder of a run whose encoder is taken, or {@code none}
 * @param model the folder of a translation model whose weights and tokenizers are taken, or {@code
 *     none}
 * @param freeze names of parameters that are not trained; {@code *} matches any characters
 * @param residualScale factor of the random weights of the last matrix of each sub-layer
 */
public record StartSettings(
    String encoder, String model, List<String> freeze, double residualScale) {
  private static final String NONE = "none";

  /** Checks that there is one start. */
  public StartSettings {
    FilePath.require(encoder, "start.encoder");
    FilePath.require(model, "start.model");
    InvalidInputException.require(
        encoder.equals(NONE) || model.equals(NONE),
        "start.encoder and start.model cannot both be given");
    InvalidInputException.require(
        freeze.isEmpty() || !model.equals(NONE), "start.freeze needs start.model");
    InvalidInputException.require(
        residualScale >= 0 && residualScale <= 1,
        "start.residualScale must be from 0 to 1, not " + residualScale);
    InvalidInputException.require(
        model.equals(NONE) || residualScale == 1,
        "start.model brings all weights; set start.residualScale to 1");
  }

  /** The folder of the run; empty if the encoder is initialized at random. */
  public Optional<Path> encoderRun() {
    return folder(encoder);
  }

  /** The folder of the translation model; empty when training starts from random values. */
  public Optional<Path> modelFolder() {
    return folder(model);
  }

  private static Optional<Path> folder(String name) {
    return name.equals(NONE) ? Optional.empty() : Optional.of(FilePath.of(name));
  }

  /** Refuses what contradicts the weights taken. */
  void check(ModelSettings own, boolean joint, EmbeddingSettings embedding, double weightDecay) {
    if (encoderRun().isPresent()) {
      checkEncoder(own, joint, embedding);
    }
    InvalidInputException.require(
        modelFolder().isEmpty() || embedding.startsRandom(),
        "start.model brings the embeddings; set embedding.init to random and embedding.freeze to"
            + " none");
    InvalidInputException.require(
        freeze.isEmpty() || weightDecay == 0,
        "start.freeze cannot be had with optimizer.weightDecay above 0, which changes every"
            + " parameter");
  }

  private static void checkEncoder(ModelSettings own, boolean joint, EmbeddingSettings embedding) {
    InvalidInputException.require(
        own.kind() == ModelKind.ENCODER_DECODER || own.kind() == ModelKind.ENCODER_ONLY,
        "start.encoder is for encoder-decoder and encoder-only, not for model.kind "
            + own.kindName());
    InvalidInputException.require(
        !joint, "start.encoder brings the vocabulary of one language; set subwords.joint to false");
    InvalidInputException.require(
        EmbeddingSettings.isRandom(embedding.ofSource()),
        "start.encoder brings the source embedding; set embedding.source to random");
  }
}
