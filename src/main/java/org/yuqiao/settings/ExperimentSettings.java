package org.yuqiao.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.corpus.clean.CleanedCorpus;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.DecoderOnly;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Language;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.OptimizerSettings;
import org.yuqiao.train.TrainingSettings;

/**
 * All settings of an experiment; {@code defaults.yaml} explains each.
 *
 * @param direction zh-en or en-zh
 * @param task what an encoder alone is trained for
 * @param start what a model begins with
 */
public record ExperimentSettings(
    String direction,
    EncoderObjective task,
    Data data,
    Subwords subwords,
    ModelSettings model,
    EmbeddingSettings embedding,
    Start start,
    TrainingSettings train,
    OptimizerSettings optimizer,
    DecodingSettings decode) {

  /** Checks what a single section cannot. */
  public ExperimentSettings {
    if (!direction.equals("zh-en") && !direction.equals("en-zh")) {
      throw new InvalidInputException("direction must be zh-en or en-zh, not '" + direction + "'");
    }
    if (train.maxLength() >= model.maxPositions()) {
      throw new InvalidInputException("train.maxLength must be below model.maxPositions");
    }
    if (model.weightTying() == WeightTying.THREE_WAY && !subwords.joint()) {
      throw new InvalidInputException(
          "model.weightTying three-way needs one vocabulary: set subwords.joint to true");
    }
    if (model.kind() == ModelKind.DECODER_ONLY || model.kind() == ModelKind.ENCODER_ONLY) {
      checkOneLanguage(data, subwords, model, embedding, train);
    }
    if (start.encoderRun().isPresent()) {
      checkStart(subwords, model, embedding);
    }
    if (start.modelFolder().isPresent()) {
      InvalidInputException.require(
          embedding.startsRandom(),
          "start.model brings the embeddings; set embedding.init to random and embedding.freeze to"
              + " none");
    }
    InvalidInputException.require(
        start.freeze().isEmpty() || optimizer.weightDecay() == 0,
        "start.freeze cannot be had with optimizer.weightDecay above 0, which changes every"
            + " parameter");
    boolean translates =
        model.kind() == ModelKind.ENCODER_DECODER || model.kind() == ModelKind.RECURRENT;
    InvalidInputException.require(
        translates
            || (subwords.dropout() == 0
                && train.wordDropout() == 0
                && data.weights().isEmpty()
                && start.modelFolder().isEmpty()),
        "subwords.dropout, train.wordDropout, data.weights and start.model are for models that"
            + " translate, not for model.kind "
            + model.kindInWords());
    optimizer.schedule(model.hiddenSize());
    embedding.check(model.weightTying() == WeightTying.THREE_WAY, optimizer.weightDecay());
  }

  /** What a model of one stack, which reads one language, cannot have. */
  private static void checkOneLanguage(
      Data data,
      Subwords subwords,
      ModelSettings model,
      EmbeddingSettings embedding,
      TrainingSettings train) {
    String kind = "model.kind " + model.kindInWords();
    InvalidInputException.require(
        !subwords.joint(), kind + " reads one language; set subwords.joint to false");
    InvalidInputException.require(
        model.weightTying() != WeightTying.THREE_WAY,
        kind + " has no two embeddings; set model.weightTying to target or none");
    InvalidInputException.require(
        embedding.startsRandom(),
        kind
            + " starts from random embeddings; set embedding.init to random and embedding.freeze to none");
    InvalidInputException.require(
        data.blockSize() <= train.maxLength(),
        "data.blockSize must not be above train.maxLength, which is " + train.maxLength());
  }

  /** What cannot be had with the encoder of another run. */
  private static void checkStart(
      Subwords subwords, ModelSettings model, EmbeddingSettings embedding) {
    ModelKind kind = model.kind();
    InvalidInputException.require(
        kind == ModelKind.ENCODER_DECODER || kind == ModelKind.ENCODER_ONLY,
        "start.encoder is for encoder-decoder and encoder-only, not for model.kind "
            + model.kindInWords());
    InvalidInputException.require(
        !subwords.joint(),
        "start.encoder brings the vocabulary of one language; set subwords.joint to false");
    InvalidInputException.require(
        EmbeddingSettings.isRandom(embedding.ofSource()),
        "start.encoder brings the source embedding; set embedding.source to random");
  }

  /**
   * Where the sentences are.
   *
   * @param weights how often in an epoch a pair of each training corpus is seen; empty for once
   * @param maxPairs how many of the maxPairs left by cleaning are trained on, from the first; 0 for
   *     all
   * @param language the side that a model of one language reads
   * @param blockSize with a language model: sentences are put together up to so many tokens; 0: not
   * @param labelColumn with labeled tokens: the column of the label, 2 being that behind the token;
   *     0 for the last one
   */
  public record Data(
      List<String> train,
      List<Double> weights,
      List<String> valid,
      List<String> test,
      long maxPairs,
      Language language,
      int blockSize,
      int labelColumn,
      CorpusSettings cleaning) {
    /** Checks the numbers. */
    public Data {
      if (maxPairs < 0) {
        throw new InvalidInputException("data.maxPairs must not be below 0, but is " + maxPairs);
      }
      checkWeights(weights, train.size());
      if (blockSize < 0) {
        throw new InvalidInputException("data.blockSize must not be below 0, but is " + blockSize);
      }
      if (labelColumn < 0 || labelColumn == 1) {
        throw new InvalidInputException(
            "data.labelColumn must be 0, or 2 or more, not " + labelColumn);
      }
    }

    private static void checkWeights(List<Double> weights, int corpora) {
      InvalidInputException.require(
          weights.isEmpty() || weights.size() == corpora,
          "data.weights must have a number for each of the "
              + corpora
              + " corpora of data.train, or none, not "
              + weights.size());
      InvalidInputException.require(
          weights.stream().allMatch(weight -> weight >= 0 && weight <= 1000)
              && (weights.isEmpty() || weights.stream().anyMatch(weight -> weight > 0)),
          "data.weights must be from 0 to 1000, one of them above 0, not " + weights);
    }

    /** The maxPairs of the training split that cleaning keeps. */
    public CleanedCorpus trainingPairs() {
      List<String> heldOut = new ArrayList<>(valid);
      heldOut.addAll(test);
      return new CleanedCorpus(train, cleaning, heldOut, maxPairs);
    }

    /** The maxPairs of the validation split that cleaning keeps. */
    public CleanedCorpus validationPairs() {
      return new CleanedCorpus(valid, cleaning, List.of());
    }

    /** How many examples are trained on at most. */
    public long most() {
      return maxPairs > 0 ? maxPairs : Long.MAX_VALUE;
    }

    /** The corpora that a trained model is scored on. */
    public List<String> tested() {
      return test.isEmpty() ? valid : test;
    }
  }

  /**
   * What a model begins with, beside random values and word vectors.
   *
   * @param encoder the folder of a run whose encoder it takes; none
   * @param model the folder of a translation model whose weights and tokenizers it takes; none
   * @param freeze names of parameters that are then not trained; a star stands for any characters
   */
  public record Start(String encoder, String model, List<String> freeze) {
    private static final String NONE = "none";

    /** Checks that there is one start. */
    public Start {
      InvalidInputException.require(
          encoder.equals(NONE) || model.equals(NONE),
          "start.encoder and start.model cannot both be given");
      InvalidInputException.require(
          freeze.isEmpty() || !model.equals(NONE), "start.freeze needs start.model");
    }

    /** The folder of the run; empty when the encoder starts from random values. */
    public Optional<Path> encoderRun() {
      return encoder.equals(NONE) ? Optional.empty() : Optional.of(Path.of(encoder));
    }

    /** The folder of the translation model; empty when training starts from random values. */
    public Optional<Path> modelFolder() {
      return model.equals(NONE) ? Optional.empty() : Optional.of(Path.of(model));
    }
  }

  /**
   * How they are cut into tokens.
   *
   * @param dropout the probability that a merge is skipped in training (BPE-dropout)
   */
  public record Subwords(
      boolean joint,
      int vocabularySize,
      Segmentation segmentation,
      Fallback fallback,
      int minFrequency,
      double dropout) {
    /** Checks the sizes and the rate. */
    public Subwords {
      new SubwordSettings(vocabularySize, segmentation, fallback, minFrequency);
      InvalidInputException.require(
          dropout >= 0 && dropout < 1,
          "subwords.dropout must be from 0 to below 1, not " + dropout);
      InvalidInputException.require(
          dropout == 0 || fallback == Fallback.BYTE,
          "subwords.dropout needs subwords.fallback byte: an unknown character cannot be cut anew");
    }

    public SubwordSettings settings() {
      return new SubwordSettings(vocabularySize, segmentation, fallback, minFrequency);
    }
  }

  /** The model that translates between vocabularies of the given sizes. */
  public EncoderDecoder translationModel(int source, int target) {
    EncoderDecoder.Vocabularies vocabularies =
        new EncoderDecoder.Vocabularies(source, target, subwords.joint());
    return new EncoderDecoder(model, vocabularies, DataType.FLOAT);
  }

  /** The language model over a vocabulary of {@code vocabularySize}. */
  public DecoderOnly languageModel(int vocabularySize) {
    return new DecoderOnly(model, vocabularySize, DataType.FLOAT);
  }

  /** The encoder with {@code output} over a vocabulary of {@code vocabularySize}. */
  public EncoderOnly encoder(int vocabularySize, EncoderOnly.Output output) {
    return new EncoderOnly(model, vocabularySize, output, DataType.FLOAT);
  }

  /** The normalizer of the language that a model of one language reads. */
  public TextNormalizer normalizer() {
    return TextNormalizer.of(data.language(), data.cleaning().simplify());
  }

  /** The maximum number of tokens a model of one language reads, the end token not counted. */
  public int maxTokens() {
    return model.maxPositions() - 1;
  }

  /** What the model is for, in words. */
  public String purpose() {
    return switch (model.kind()) {
      case ENCODER_DECODER, RECURRENT -> model.kindInWords() + ", " + direction;
      case DECODER_ONLY -> model.kindInWords() + ", " + data.language().code();
      case ENCODER_ONLY ->
          String.join(
              ", ",
              model.kindInWords(),
              task.name().toLowerCase(Locale.ROOT),
              data.language().code());
    };
  }

  /** Whether the model translates. */
  public boolean translates() {
    return model.kind() == ModelKind.ENCODER_DECODER || model.kind() == ModelKind.RECURRENT;
  }

  /**
   * Refuses a run whose model does something else.
   *
   * @throws InvalidInputException saying what it is
   */
  public void requireTranslation(Path run) {
    InvalidInputException.require(
        translates(), run + " does not translate: its model.kind is " + model.kindInWords());
  }

  /**
   * These settings, when they are those of an encoder alone with the goal wanted.
   *
   * @throws InvalidInputException saying what the run's model does
   */
  public ExperimentSettings require(EncoderObjective objective, Path run) {
    boolean alone = model.kind() == ModelKind.ENCODER_ONLY;
    InvalidInputException.require(
        alone && task == objective,
        run
            + " was not trained for "
            + objective.name().toLowerCase(Locale.ROOT)
            + ": its model.kind is "
            + model.kindInWords()
            + (alone ? ", its task " + task.name().toLowerCase(Locale.ROOT) : ""));
    return this;
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
