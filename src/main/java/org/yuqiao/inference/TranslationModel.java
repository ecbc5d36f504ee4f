package org.yuqiao.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.decode.explain.UnknownReplacement;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepOutputs;
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
  private final Map<StepOutputs, Translator> translators = new HashMap<>();
  private final LineExplainer explainer;
  private final AttentionTracer tracer = new AttentionTracer(this);
  private final NextTokens nextTokens = new NextTokens(this);
  private final TeacherForcing teacherForcing = new TeacherForcing(this, nextTokens);
  private Optional<UnknownReplacement> replacement = Optional.empty();

  private TranslationModel(LoadedModels models, Backend backend) {
    this.models = models;
    this.backend = backend;
    this.pieces = new LinePieces(models);
    this.explainer = new LineExplainer(models, backend, pieces);
  }

  /**
   * A line to translate.
   *
   * @param prefix the beginning of its translation, or empty
   */
  public record Line(String source, String prefix) {
    /** A line whose translation has no given prefix. */
    public static Line of(String source) {
      return new Line(source, "");
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
    return new TranslationModel(LoadedModels.in(folders), backend);
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
    return translate(sentences.stream().map(Line::of).toList(), strategy, done -> {}).stream()
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
    return translate(List.of(Line.of(sentence)), strategy, done -> {}).get(0);
  }

  /**
   * The translations that {@code strategy} finds for each line, sentence by sentence, the best
   * first. The n-th translation of a line joins the n-th ones of its sentences; its score is their
   * sum.
   *
   * @param progress receives the number of sentences done since its last call
   */
  public List<List<Translation>> translate(
      List<Line> lines, Strategy strategy, LongConsumer progress) {
    return translate(lines, strategy, LineSplitting.SENTENCES, progress);
  }

  /** The same with lines split as {@code splitting} says. */
  public List<List<Translation>> translate(
      List<Line> lines, Strategy strategy, LineSplitting splitting, LongConsumer progress) {
    List<LinePieces.Cut> cuts =
        lines.stream().map(line -> pieces.cut(line.source(), splitting)).toList();
    List<LinePieces.Piece> sentences = new ArrayList<>();
    List<Translator.Request> requests = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      int[] prefix = encodePrefix(lines.get(i).prefix());
      for (LinePieces.Piece piece : cuts.get(i).pieces()) {
        sentences.add(piece);
        requests.add(new Translator.Request(piece.ids(), prefix));
        prefix = new int[0];
      }
    }
    List<List<Hypothesis>> found = find(sentences, requests, strategy, progress);
    List<List<Translation>> result = new ArrayList<>();
    int from = 0;
    for (LinePieces.Cut cut : cuts) {
      int to = from + cut.pieces().size();
      result.add(joined(cut, found.subList(from, to)));
      from = to;
    }
    return result;
  }

  /** The token ids of the translation of a whole sentence, searched as the settings say. */
  int[] translateToIds(String sentence) {
    LinePieces.Piece piece = pieces.encode(sentence);
    Translator.Request request = new Translator.Request(piece.ids(), new int[0]);
    Strategy strategy = Strategy.withoutScores(settings().decode());
    return find(List.of(piece), List.of(request), strategy, done -> {}).get(0).get(0).tokens();
  }

  private List<List<Hypothesis>> find(
      List<LinePieces.Piece> sentences,
      List<Translator.Request> requests,
      Strategy strategy,
      LongConsumer progress) {
    List<List<Hypothesis>> found =
        new ArrayList<>(translator(strategy).find(requests, strategy, progress));
    replaceDegenerate(sentences, requests, found, strategy);
    return found;
  }

  /** Searches again, without repeated n-grams, where the best translation is degenerate. */
  private void replaceDegenerate(
      List<LinePieces.Piece> sentences,
      List<Translator.Request> requests,
      List<List<Hypothesis>> found,
      Strategy strategy) {
    Optional<Strategy> second = strategy.withoutRepetition(NO_REPEAT_NGRAM);
    List<Integer> degenerate = new ArrayList<>();
    for (int i = 0; second.isPresent() && i < found.size(); i++) {
      String best = models.target().decode(found.get(i).get(0).tokens());
      if (models.isDegenerate(sentences.get(i).text(), best)) {
        degenerate.add(i);
      }
    }
    if (!degenerate.isEmpty()) {
      List<List<Hypothesis>> again =
          translator(second.get())
              .find(degenerate.stream().map(requests::get).toList(), second.get(), done -> {});
      for (int i = 0; i < again.size(); i++) {
        found.set(degenerate.get(i), again.get(i));
      }
    }
  }

  /** Makes the sessions of {@code strategy} now: the first line need not wait for them. */
  public void prepare(Strategy strategy) {
    translator(strategy);
  }

  private Translator translator(Strategy strategy) {
    return translators.computeIfAbsent(
        strategy.outputs(),
        outputs -> new Translator(models.models(), backend, strategy, BatchLimits.DEFAULT));
  }

  private int[] encodePrefix(String prefix) {
    return prefix.isEmpty() ? new int[0] : models.encodeTarget(prefix);
  }

  /** The n-th translation of a line joins the n-th one of each piece. */
  private List<Translation> joined(LinePieces.Cut cut, List<List<Hypothesis>> found) {
    int count = found.stream().mapToInt(List::size).max().orElse(1);
    List<Translation> result = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      List<String> parts = new ArrayList<>();
      OptionalDouble score = OptionalDouble.of(0);
      for (int i = 0; i < found.size(); i++) {
        Hypothesis hypothesis = found.get(i).get(Math.min(n, found.get(i).size() - 1));
        parts.add(text(cut.pieces().get(i), hypothesis.tokens()));
        score =
            score.isPresent() && hypothesis.scores().isPresent()
                ? OptionalDouble.of(score.getAsDouble() + hypothesis.score())
                : OptionalDouble.empty();
      }
      result.add(new Translation(pieces.joined(parts, cut.gaps()), score));
    }
    return result;
  }

  private String text(LinePieces.Piece piece, int[] tokens) {
    if (Arrays.stream(tokens).noneMatch(token -> token == Tokenizer.UNK)) {
      return models.target().decode(tokens);
    }
    if (replacement.isEmpty()) {
      replacement =
          Optional.of(
              new UnknownReplacement(
                  models.models().get(0), models.source(), models.target(), backend));
    }
    return replacement.get().text(piece.text(), piece.ids(), tokens);
  }

  /**
   * Translates a sentence and explains the translation: attention, probabilities, beam.
   *
   * @throws InvalidInputException when the sentence is longer than the model reads
   */
  public Explanation explain(String sentence) {
    return explainer.explain(
        pieces.encode(sentence), new int[0], settings().decode(), ALTERNATIVES);
  }

  /**
   * Explains a given translation.
   *
   * @throws InvalidInputException when a side is longer than the model reads
   */
  public Explanation explain(String sentence, String translation) {
    return explainer.explain(
        models.encodeSource(sentence),
        models.encodeTarget(translation),
        settings().decode(),
        ALTERNATIVES);
  }

  /**
   * Translates a line and explains the translation of each of its sentences.
   *
   * @param decoding settings of the search; a beam of 1 is greedy
   * @param alternatives the number of most probable tokens at each position, at least 1
   * @throws InvalidInputException for an ensemble
   */
  public ExplainedLine explain(
      Line line, DecodingSettings decoding, LineSplitting splitting, int alternatives) {
    return explainer.explain(
        pieces.cut(line.source(), splitting), encodePrefix(line.prefix()), decoding, alternatives);
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
   * Makes the sessions of {@link #explain(Line, DecodingSettings, LineSplitting, int)} now.
   *
   * @throws InvalidInputException for an ensemble
   */
  public void prepare(DecodingSettings decoding, int alternatives) {
    explainer.explainer(decoding, alternatives);
  }

  @Override
  public void close() {
    replacement.ifPresent(UnknownReplacement::close);
    explainer.close();
    tracer.close();
    nextTokens.close();
    teacherForcing.close();
    translators.values().forEach(Translator::close);
  }
}
