package org.yuqiao.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ShippedModels;
import org.yuqiao.text.Tokenizer;

/**
 * A trained translator: text in, text out. Lines are translated sentence by sentence unless {@link
 * LineSplitting#WHOLE_LINES} is given. Sessions are made on first use and kept. For one thread at a
 * time, though it uses several.
 */
public final class TranslationModel implements AutoCloseable {
  private static final int ALTERNATIVES = 5;

  /** Where a translation is degenerate: no three tokens come twice. */
  static final int NO_REPEAT_NGRAM = 3;

  private final LoadedModels models;
  private final Backend backend;
  private final LinePieces pieces;
  private final SentenceTranslator translator;
  private final SplitLineTranslator lineTranslator;
  private final LineExplainer explainer;
  private final AttentionTracer tracer = new AttentionTracer(this);
  private final NextTokens nextTokens = new NextTokens(this);
  private final TeacherForcing teacherForcing = new TeacherForcing(this, nextTokens);

  private TranslationModel(LoadedModels models, Backend backend) {
    this.models = models;
    this.backend = backend;
    this.pieces = new LinePieces(models);
    this.translator = new SentenceTranslator(models, backend);
    this.lineTranslator = new SplitLineTranslator(models, pieces, translator);
    this.explainer = new LineExplainer(models, backend, pieces);
  }

  /**
   * A line to translate.
   *
   * @param prefix the beginning of its translation, or empty
   * @param protect whether numbers, URLs, e-mail addresses, tags and format placeholders are copied
   */
  public record Line(String source, String prefix, boolean protect) {
    /** A line without protected spans. */
    public Line(String source, String prefix) {
      this(source, prefix, false);
    }

    /** A line whose translation has no given prefix. */
    public static Line of(String source) {
      return new Line(source, "");
    }

    /** The same line with protected spans; its model must have placeholders. */
    public Line withProtectedSpans() {
      return new Line(source, prefix, true);
    }
  }

  /**
   * A translation as text.
   *
   * @param text one line
   * @param score ranks translations: log-probability over length penalty; empty where the strategy
   *     computes none
   */
  public record Translation(String text, OptionalDouble score) {}

  /**
   * Loads a run, an exported model, or a checkpoint {@code RUN/checkpoints/step-N}.
   *
   * @throws InvalidInputException when the folder holds no translation model, or it is damaged
   */
  public static TranslationModel load(Path folder) {
    return load(List.of(folder), new Backend(Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Loads a model, or an ensemble of several with the same vocabularies.
   *
   * @throws InvalidInputException as {@link #load(Path)}, and when vocabularies differ
   */
  public static TranslationModel load(List<Path> folders, Backend backend) {
    return load(folders, backend, Optional.empty());
  }

  /**
   * The same with the target language of sources that name none, for a multilingual model.
   *
   * @param targetLanguage as {@code cmn_Hans}; empty for the one that comes with the model
   * @throws InvalidInputException also when the model has no such target language
   */
  public static TranslationModel load(
      List<Path> folders, Backend backend, Optional<String> targetLanguage) {
    return new TranslationModel(LoadedModels.in(folders, targetLanguage), backend);
  }

  /**
   * Loads a model that comes with the project.
   *
   * @param direction zh-en or en-zh
   * @throws InvalidInputException when the project's folder is unknown or has no such model
   */
  public static TranslationModel shipped(String direction) {
    return load(ShippedModels.ofProgram().direction(direction).path());
  }

  /** The settings it was trained with; of an ensemble, those of the first model. */
  public ExperimentSettings settings() {
    return models.settings();
  }

  /** The networks with their weights, more than one in an ensemble. */
  public List<WeightedModel> networks() {
    return models.models();
  }

  /** The tokenizer of the target side. */
  public Tokenizer targetTokenizer() {
    return models.target();
  }

  /** The token ids of a source sentence, after normalizing. */
  public int[] encode(String sentence) {
    return models.encodeSource(sentence);
  }

  LoadedModels loaded() {
    return models;
  }

  Backend backend() {
    return backend;
  }

  /** The best translation of a sentence, searched as the model's settings say. */
  public String translate(String sentence) {
    return translate(List.of(sentence)).get(0);
  }

  /** The best translation of each sentence, in order. */
  public List<String> translate(List<String> sentences) {
    Strategy strategy = Strategy.withoutScores(settings().decode());
    return translate(sentences.stream().map(this::line).toList(), strategy, done -> {}).stream()
        .map(best -> best.get(0).text())
        .toList();
  }

  /** All translations in the final beam, the best first. */
  public List<Translation> translations(String sentence) {
    DecodingSettings decoding = settings().decode();
    return single(sentence, Strategy.withScores(decoding, decoding.beamSize()));
  }

  /** A translation sampled with {@code sampling}. */
  public String sample(String sentence, Sampling sampling) {
    return single(sentence, Strategy.sampling(settings().decode(), sampling, 1)).get(0).text();
  }

  private List<Translation> single(String sentence, Strategy strategy) {
    return translate(List.of(line(sentence)), strategy, done -> {}).get(0);
  }

  /**
   * The translations that {@code strategy} finds for each line, sentence by sentence, the best
   * first. The n-th translation of a line joins the n-th ones of its sentences; its score is their
   * sum.
   *
   * @param progress receives the number of sentences done since its last call
   * @throws InvalidInputException for protected spans, when the model has no placeholders
   */
  public List<List<Translation>> translate(
      List<Line> lines, Strategy strategy, LongConsumer progress) {
    return translate(lines, strategy, LineSplitting.SENTENCES, progress);
  }

  /** The same with lines split as {@code splitting} says. */
  public List<List<Translation>> translate(
      List<Line> lines, Strategy strategy, LineSplitting splitting, LongConsumer progress) {
    return lineTranslator.translate(lines, strategy, splitting, progress);
  }

  /** The token ids of the translation of a whole sentence, searched as the settings say. */
  int[] translateToIds(String sentence) {
    return translator.ids(pieces.encode(sentence), settings().decode());
  }

  /** Cuts a line into sentences as {@link #translate} does. */
  public SplitLine split(String line, LineSplitting splitting) {
    return pieces.cut(line, splitting);
  }

  /**
   * The same for a line that may have protected spans.
   *
   * @throws InvalidInputException for protected spans, when the model has no placeholders
   */
  public SplitLine split(Line line, LineSplitting splitting) {
    return lineTranslator.split(line, splitting);
  }

  /** A line with protected spans if the model has placeholders for them. */
  public Line line(String source) {
    return new Line(source, "", hasPlaceholders());
  }

  /** Whether the model has placeholders for protected spans. */
  public boolean hasPlaceholders() {
    return models.havePlaceholders();
  }

  /**
   * Checks that spans can be protected.
   *
   * @throws InvalidInputException when the model has no placeholders
   */
  public void requirePlaceholders() {
    models.requirePlaceholders();
  }

  /**
   * The translations that {@code strategy} finds for each sentence, the best first. The result of a
   * sentence does not depend on the others.
   *
   * @param progress receives the number of sentences done since its last call
   * @throws IllegalArgumentException for a listener and a strategy without scores
   */
  public List<List<Translation>> translateSentences(
      List<SentenceRequest> sentences, Strategy strategy, LongConsumer progress) {
    return translator.translate(sentences, strategy, progress);
  }

  /** The n-th translation of a line joins the n-th one of each sentence; scores are summed. */
  public List<Translation> joined(SplitLine line, List<List<Translation>> sentences) {
    return lineTranslator.joined(line, sentences);
  }

  /** Makes the sessions of {@code strategy} now: the first line need not wait for them. */
  public void prepare(Strategy strategy) {
    translator.translator(strategy);
  }

  /**
   * Translates a sentence and explains the translation: attention, probabilities, beam.
   *
   * @throws InvalidInputException when the sentence is longer than the model reads
   */
  public Explanation explain(String sentence) {
    return explainer.explain(sentence, settings().decode(), ALTERNATIVES);
  }

  /**
   * Explains a given translation.
   *
   * @throws InvalidInputException when a side is longer than the model reads
   */
  public Explanation explain(String sentence, String translation) {
    return explain(sentence, translation, ALTERNATIVES);
  }

  /**
   * The same with more or fewer alternatives.
   *
   * @param alternatives the number of most probable tokens at each position, at least 1
   */
  public Explanation explain(String sentence, String translation, int alternatives) {
    return explainer.explain(sentence, translation, settings().decode(), alternatives);
  }

  /**
   * Translates a line and explains the translation of each of its sentences.
   *
   * @param decoding settings of the search; a beam of 1 is greedy
   * @param alternatives the number of most probable tokens at each position, at least 1
   * @throws InvalidInputException for an ensemble, and for protected spans
   */
  public ExplainedLine explain(
      Line line, DecodingSettings decoding, LineSplitting splitting, int alternatives) {
    return explainer.explain(line, decoding, splitting, alternatives);
  }

  /** Shows every step of one attention head. */
  public AttentionTracer tracer() {
    return tracer;
  }

  /** Computes the distribution of the next token of a translation. */
  public NextTokens nextTokens() {
    return nextTokens;
  }

  /** Compares teacher forcing with stepwise decoding. */
  public TeacherForcing teacherForcing() {
    return teacherForcing;
  }

  /**
   * A copy with other weights: what does it say without this block, or with that value?
   *
   * @param change sets values of the copied parameters, float32 also of an int8 model
   * @throws InvalidInputException for an ensemble
   */
  public TranslationModel changed(Consumer<ParameterBuffer> change) {
    return new TranslationModel(models.with(models.single("changed").changed(change)), backend);
  }

  /**
   * Makes the sessions of {@link #explain(Line, DecodingSettings, LineSplitting, int)} now.
   *
   * @throws InvalidInputException for an ensemble
   */
  public void prepare(DecodingSettings decoding, int alternatives) {
    explainer.explainer(decoding, alternatives);
  }

  @Override
  public void close() {
    explainer.close();
    translator.close();
  }
}
