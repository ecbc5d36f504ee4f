package org.yuqiao.experiment.task;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunState;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Initializes an encoder with the weights and the vocabulary of another run: fine-tuning after
 * pre-training (Devlin et al. 2019, section 3).
 */
final class EncoderStart {
  private static final String PREFIX = EncoderOnly.ENCODER + ".";

  /** Settings that must be equal in both runs for the weights to fit. */
  private static final List<String> EQUAL =
      List.of(
          "model.hiddenSize",
          "model.feedForwardSize",
          "model.positions",
          "model.relative",
          "model.attention",
          "model.layerNorm",
          "model.activation",
          "model.feedForwardType");

  private final ExperimentSettings settings;
  private final Language language;

  /** For the encoder that reads {@code language}. */
  EncoderStart(ExperimentSettings settings, Language language) {
    this.settings = settings;
    this.language = language;
  }

  private Optional<RunFolder> origin() {
    return settings.start().encoderRun().map(RunFolder::new);
  }

  /**
   * The vocabulary that belongs to the weights; empty when the encoder starts from random values.
   *
   * @throws InvalidInputException when the run's encoder reads another language or has another
   *     architecture
   */
  Optional<Tokenizer> tokenizer() {
    return origin()
        .map(
            run -> {
              check(run);
              return run.loadTokenizer(language);
            });
  }

  private void check(RunFolder run) {
    ExperimentSettings other = run.loadSettings();
    Language read =
        switch (other.model().kind()) {
          case ENCODER_ONLY -> other.data().language();
          case ENCODER_DECODER -> other.source();
          case DECODER_ONLY, RECURRENT ->
              throw refused("has no Transformer encoder: its model.kind is " + kind(other));
        };
    if (read != language) {
      throw refused(
          "reads " + read.code() + ", but the encoder of this run reads " + language.code());
    }
    SettingsFile.firstDifference(settings, other, key -> EQUAL.stream().anyMatch(key::startsWith))
        .ifPresent(
            found -> {
              throw refused(
                  "has " + found.key() + " " + found.other() + ", but here it is " + found.own());
            });
  }

  private static String kind(ExperimentSettings settings) {
    return settings.model().kindName();
  }

  private InvalidInputException refused(String why) {
    return new InvalidInputException("start.encoder " + settings.start().encoder() + " " + why);
  }

  /** Fills the encoder's parameters and reports how many. */
  void fill(ParameterBuffer parameters, ProgressListener listener) {
    origin().ifPresent(run -> listener.say(fill(parameters, run)));
  }

  private String fill(ParameterBuffer parameters, RunFolder run) {
    if (RunState.of(run) != RunState.COMPLETE) {
      throw refused("is " + RunState.of(run).label() + ", not complete");
    }
    Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(run.model());
    long filled = 0;
    int matrices = 0;
    int missing = 0;
    for (String name : parameters.names()) {
      if (name.startsWith(PREFIX)) {
        SafeTensors.Tensor tensor = tensors.get(name);
        if (tensor == null) {
          missing++;
        } else {
          copy(name, tensor, parameters);
          filled += tensor.values().length;
          matrices++;
        }
      }
    }
    if (matrices == 0) {
      throw refused("has no encoder with the same parameter names");
    }
    long unused =
        tensors.keySet().stream()
            .filter(name -> name.startsWith(PREFIX) && !parameters.contains(name))
            .count();
    return String.format(
        Locale.ROOT,
        "encoder from %s: %d tensors, %,d of the model's %,d parameters; %d tensors of the encoder"
            + " stay random, %d of the run are not used",
        run.path(),
        matrices,
        filled,
        parameters.size(),
        missing,
        unused);
  }

  private void copy(String name, SafeTensors.Tensor tensor, ParameterBuffer parameters) {
    if (!Arrays.equals(tensor.shape(), parameters.shape(name))) {
      throw refused(
          "has "
              + name
              + " with shape "
              + Arrays.toString(tensor.shape())
              + ", but the settings require "
              + Arrays.toString(parameters.shape(name)));
    }
    parameters.view(name).assign(Nd4j.createFromArray(tensor.values()).reshape(tensor.shape()));
  }
}
