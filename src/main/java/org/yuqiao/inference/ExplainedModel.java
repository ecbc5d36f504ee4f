package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.explain.Explainer;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.decode.explain.WordAlignment;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.SentenceBorders;

/**
 * A run's model that tells what it thinks while it translates: text to {@link Explanation}s. For
 * one thread.
 */
public final class ExplainedModel implements AutoCloseable {
  private final LoadedModels models;
  private final LinePieces pieces;
  private final Explainer explainer;

  /**
   * Explains {@code models}, which must be one.
   *
   * @param settings how translations are searched for; a beam of 1 is greedy
   * @param alternatives how many tokens are told for each place, at least 1
   */
  public ExplainedModel(
      LoadedModels models, Backend backend, DecodingSettings settings, int alternatives) {
    if (models.models().size() != 1) {
      throw new InvalidInputException(
          "what a model thinks is told of one model at a time; give --model once");
    }
    this.models = models;
    this.explainer =
        new Explainer(
            models.models().get(0),
            new Explainer.Vocabularies(models.source(), models.target()),
            backend,
            settings,
            alternatives);
    this.pieces = new LinePieces(models, explainer.longest());
  }

  /** Loads the model of a run and searches as its settings say, with five alternatives. */
  public static ExplainedModel of(RunFolder run, Backend backend) {
    LoadedModels models = LoadedModels.of(List.of(run));
    return new ExplainedModel(models, backend, models.settings().decode(), 5);
  }

  /** The settings it was trained with. */
  public ExperimentSettings settings() {
    return models.settings();
  }

  /**
   * Translates and explains one sentence.
   *
   * @throws InvalidInputException when it is longer than the model reads
   */
  public Explanation explain(String sentence) {
    return explain(sentence, new int[0]);
  }

  private Explanation explain(String sentence, int[] prefix) {
    return explainer.explain(new Translator.Request(source(sentence), prefix));
  }

  /**
   * Explains what the model thinks of a given translation.
   *
   * @throws InvalidInputException when a side is longer than the model reads
   */
  public Explanation explain(String sentence, String translation) {
    int[] target = models.encodeTarget(translation);
    check("the translation", target);
    return explainer.explain(source(sentence), target);
  }

  private int[] source(String sentence) {
    int[] source = models.encodeSource(sentence);
    check("the sentence", source);
    return source;
  }

  private void check(String what, int[] tokens) {
    if (tokens.length > explainer.longest()) {
      throw new InvalidInputException(
          what
              + " has "
              + tokens.length
              + " tokens, but the model reads "
              + explainer.longest()
              + " at most");
    }
  }

  /**
   * A line, which may be too long for the model, as a whole.
   *
   * @param translation the sentences' translations joined
   * @param sentences mostly one
   */
  public record ExplainedLine(String translation, List<Explanation> sentences) {
    /** Which words translate which in the whole line. */
    public WordAlignment alignment() {
      return WordAlignment.joined(sentences.stream().map(Explanation::alignment).toList());
    }
  }

  /**
   * Translates a line as {@code translate} does, sentence by sentence if it is long, and explains
   * it.
   *
   * @param prefix what its translation begins with, or empty
   */
  public ExplainedLine explainLine(String line, String prefix) {
    SentenceBorders.Cut cut = pieces.of(line);
    List<Explanation> sentences = new ArrayList<>();
    for (String piece : cut.pieces()) {
      boolean first = sentences.isEmpty() && !prefix.isEmpty();
      sentences.add(explain(piece, first ? models.encodeTarget(prefix) : new int[0]));
    }
    List<String> translations = sentences.stream().map(Explanation::translation).toList();
    return new ExplainedLine(pieces.joined(translations, cut.gaps()), List.copyOf(sentences));
  }

  @Override
  public void close() {
    explainer.close();
  }
}
