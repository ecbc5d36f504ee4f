package org.yuqiao.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.corpus.augment.AugmentationSettings;
import org.yuqiao.corpus.clean.CleanedCorpus;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.TextColumns;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.FilePath;
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
import org.yuqiao.text.TokenizerLearner;
import org.yuqiao.text.normalize.TextNormalizer;
import org.yuqiao.train.OptimizerSettings;
import org.yuqiao.train.TrainingSettings;

/**
 * All settings of an experiment; {@code defaults.yaml} documents each key.
 *
 * @param direction {@code zh-en} or {@code en-zh}
 * @param task the objective of an encoder-only model
 * @param start a run or model that initializes the model
 */
public record ExperimentSettings(
    String direction,
    EncoderObjective task,
    Data data,
    Subwords subwords,
    ModelSettings model,
    EmbeddingSettings embedding,
    StartSettings start,
    TrainingSettings train,
    OptimizerSettings optimizer,
    DecodingSettings decode) {

  /** Checks rules across sections. */
  public ExperimentSettings {
    if (!direction.equals("zh-en") && !direction.equals("en-zh")) {
      throw new InvalidInputException("direction must be zh-en or en-zh, not '" + direction + "'");
    }
    if (train.maxLength() >= model.maxPositions()) {
      throw new InvalidInputException("train.maxLength must be below model.maxPositions");
    }
    InvalidInputException.require(
        train.rDrop() == 0 || model.dropout() > 0, "train.rDrop needs a model.dropout above 0");
    if (model.weightTying() == WeightTying.THREE_WAY && !subwords.joint()) {
      throw new InvalidInputException(
          "model.weightTying three-way needs one vocabulary: set subwords.joint to true");
    }
    if (model.kind() == ModelKind.DECODER_ONLY || model.kind() == ModelKind.ENCODER_ONLY) {
      checkOneLanguage(data, subwords, model, embedding, train);
    }
    start.check(model, subwords.joint(), embedding, optimizer.weightDecay());
    if (!model.kind().translates()) {
      checkOtherTask(data, subwords, model, start, train);
    }
    optimizer.schedule(model.hiddenSize());
    embedding.check(
        model.hiddenSize(), model.weightTying() == WeightTying.THREE_WAY, optimizer.weightDecay());
  }

  /** Refuses settings for two languages with a model that has one stack. */
  private static void checkOneLanguage(
      Data data,
      Subwords subwords,
      ModelSettings model,
      EmbeddingSettings embedding,
      TrainingSettings train) {
    String kind = "model.kind " + model.kindName();
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

  /** Refuses what only training of translation has. */
  private static void checkOtherTask(
      Data data,
      Subwords subwords,
      ModelSettings model,
      StartSettings start,
      TrainingSettings train) {
    InvalidInputException.require(
        subwords.dropout() == 0
            && train.wordDropout() == 0
            && data.weights().isEmpty()
            && data.augment().hasNone()
            && !data.protect()
            && start.modelFolder().isEmpty(),
        "subwords.dropout, train.wordDropout, data.weights, data.augment, data.protect and"
            + " start.model are for models that translate, not for model.kind "
            + model.kindName());
  }

  /**
   * The corpora and their cleaning.
   *
   * @param weights how often each training corpus is seen in an epoch; empty: once
   * @param maxPairs maximum number of training pairs after cleaning, from the first; 0: all
   * @param language of decoder-only and encoder-only models
   * @param blockSize of a language model: sentences are packed into blocks of at most this many
   *     tokens; 0: one sentence each
   * @param labelColumn of tagging data: the column of the labels, 2 being the first after the
   *     token; 0: the last
   * @param columns of the texts in tab-separated corpora, as "zh=2,en=4", or auto
   * @param augment variants of pairs that are trained on besides them
   * @param protect whether placeholders for protected spans are learned
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
      String columns,
      CorpusSettings cleaning,
      AugmentationSettings augment,
      boolean protect) {
    /** Checks the ranges. */
    public Data {
      if (maxPairs < 0) {
        throw new InvalidInputException("data.maxPairs must not be below 0, but is " + maxPairs);
      }
      checkWeights(weights, train.size());
      train.forEach(name -> FilePath.require(name, "data.train"));
      valid.forEach(name -> FilePath.require(name, "data.valid"));
      test.forEach(name -> FilePath.require(name, "data.test"));
      if (blockSize < 0) {
        throw new InvalidInputException("data.blockSize must not be below 0, but is " + blockSize);
      }
      if (labelColumn < 0 || labelColumn == 1) {
        throw new InvalidInputException(
            "data.labelColumn must be 0, or 2 or more, not " + labelColumn);
      }
      try {
        TextColumns.of(columns);
      } catch (InvalidInputException e) {
        throw new InvalidInputException("data.columns: " + e.getMessage(), e);
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

    /** The cleaned training pairs, at most {@code maxPairs}. */
    CleanedCorpus trainingPairs() {
      return new CleanedCorpus(named(train), cleaning, heldOut(), maxPairs);
    }

    /** The corpora whose sentences no training pair has, those of validation and test. */
    public List<String> heldOut() {
      List<String> heldOut = new ArrayList<>(valid);
      heldOut.addAll(test);
      return named(heldOut);
    }

    /** The cleaned validation pairs. */
    public CleanedCorpus validationPairs() {
      return new CleanedCorpus(named(valid), cleaning, List.of());
    }

    /** The maximum number of training examples. */
    public long maxExamples() {
      return maxPairs > 0 ? maxPairs : Long.MAX_VALUE;
    }

    /** The corpora that score a trained model: {@code test}, or {@code valid} if that is empty. */
    public List<String> tested() {
      return named(test.isEmpty() ? valid : test);
    }

    /** The corpora with the columns of those that are tab-separated. */
    private List<String> named(List<String> corpora) {
      return corpora.stream()
          .map(name -> new CorpusFiles(name).withColumns(TextColumns.of(columns)).name())
          .toList();
    }
  }

  /**
   * The subword vocabularies.
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

  /** The cleaned training pairs with their variants. */
  public CleanedCorpus trainingPairs() {
    return data.trainingPairs().augmented(data.augment(), source(), train.seed(), data.protect());
  }

  /** What learns the tokenizer of a language, or the joint one. */
  public TokenizerLearner tokenizerLearner(Language language) {
    TokenizerLearner learner =
        new TokenizerLearner(subwords.settings(), subwords.joint() || language == Language.EN);
    return data.protect() ? learner.withPlaceholders() : learner;
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

  /** The kind, objective and language or direction of the model, as a phrase. */
  public String purpose() {
    return switch (model.kind()) {
      case ENCODER_DECODER, RECURRENT -> model.kindName() + ", " + direction;
      case DECODER_ONLY -> model.kindName() + ", " + data.language().code();
      case ENCODER_ONLY ->
          String.join(
              ", ", model.kindName(), task.name().toLowerCase(Locale.ROOT), data.language().code());
    };
  }

  /** Whether the model translates. */
  public boolean translates() {
    return model.kind().translates();
  }

  /**
   * Checks that the model of {@code run} translates.
   *
   * @throws InvalidInputException with its kind if it does not
   */
  public void requireTranslation(Path run) {
    InvalidInputException.require(
        translates(), run + " does not translate: its model.kind is " + model.kindName());
  }

  /**
   * Checks that the model of {@code run} is encoder-only and trained for {@code objective}.
   *
   * @return these settings
   * @throws InvalidInputException with its kind and task if it is not
   */
  public ExperimentSettings require(EncoderObjective objective, Path run) {
    boolean encoderOnly = model.kind() == ModelKind.ENCODER_ONLY;
    InvalidInputException.require(
        encoderOnly && task == objective,
        run
            + " was not trained for "
            + objective.name().toLowerCase(Locale.ROOT)
            + ": its model.kind is "
            + model.kindName()
            + (encoderOnly ? ", its task " + task.name().toLowerCase(Locale.ROOT) : ""));
    return this;
  }

  /** The source language. */
  public Language source() {
    return Language.of(direction.substring(0, 2));
  }

  /** The target language. */
  public Language target() {
    return source().other();
  }
}
