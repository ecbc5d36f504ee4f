package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.explain.Explainer;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.decode.search.SearchListener;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.files.InvalidInputException;

/**
 * Explains the translations of one model: attention, probabilities, beam. Explainers are made on
 * first use and kept.
 */
final class LineExplainer implements AutoCloseable {
  /** Explainers kept, of the settings used last: each has a session of its own. */
  private static final int MAX_EXPLAINERS = 8;

  private final LoadedModels models;
  private final Backend backend;
  private final LinePieces pieces;
  private final Map<ExplainerSettings, Explainer> explainers = new LinkedHashMap<>(16, 0.75f, true);

  private record ExplainerSettings(DecodingSettings decoding, int alternatives) {}

  LineExplainer(LoadedModels models, Backend backend, LinePieces pieces) {
    this.models = models;
    this.backend = backend;
    this.pieces = pieces;
  }

  /**
   * Explains the translation of each sentence of a line.
   *
   * @throws InvalidInputException for an ensemble, and for protected spans
   */
  ExplainedLine explain(
      TranslationModel.Line line,
      DecodingSettings decoding,
      LineSplitting splitting,
      int alternatives) {
    InvalidInputException.require(
        !line.protect(), "translations with protected spans can't be explained");
    int[] prefix = line.prefix().isEmpty() ? new int[0] : models.encodeTarget(line.prefix());
    return explain(pieces.cut(line.source(), splitting), prefix, decoding, alternatives);
  }

  /**
   * The same for a line cut into sentences.
   *
   * @throws InvalidInputException for an ensemble, also where the line is empty
   */
  private ExplainedLine explain(
      SplitLine line, int[] prefix, DecodingSettings decoding, int alternatives) {
    explainer(decoding, alternatives);
    List<Explanation> sentences = new ArrayList<>();
    int[] begins = prefix;
    for (SplitLine.Sentence sentence : line.sentences()) {
      sentences.add(explain(sentence, begins, decoding, alternatives));
      begins = new int[0];
    }
    List<String> translations = sentences.stream().map(Explanation::translation).toList();
    return new ExplainedLine(pieces.joined(translations, line.gaps()), List.copyOf(sentences));
  }

  /** Explains the translation of a sentence that stays whole. */
  Explanation explain(String sentence, DecodingSettings decoding, int alternatives) {
    return explain(pieces.encode(sentence), new int[0], decoding, alternatives);
  }

  /** Explains the translation that {@link TranslationModel#translate} gives. */
  private Explanation explain(
      SplitLine.Sentence sentence, int[] prefix, DecodingSettings decoding, int alternatives) {
    Translator.Request request =
        new Translator.Request(
            models.requireFitting("the sentence", sentence.ids()),
            prefix,
            models.placeholders(0),
            SearchListener.NONE);
    Explanation explanation = explainer(decoding, alternatives).explain(request);
    boolean again =
        decoding.noRepeatNgramSize() == 0
            && models.isDegenerate(sentence.text(), explanation.translation());
    return again
        ? explainer(
                decoding.toBuilder().noRepeatNgramSize(TranslationModel.NO_REPEAT_NGRAM).build(),
                alternatives)
            .explain(request)
        : explanation;
  }

  /** Explains a given translation. */
  Explanation explain(
      String sentence, String translation, DecodingSettings decoding, int alternatives) {
    int[] source = models.encodeSource(sentence);
    int[] target = models.encodeTarget(translation);
    return explainer(decoding, alternatives)
        .explain(
            models.requireFitting("the sentence", source),
            models.requireFitting("the translation", target));
  }

  /**
   * The explainer with these settings.
   *
   * @throws InvalidInputException for an ensemble
   */
  Explainer explainer(DecodingSettings decoding, int alternatives) {
    WeightedModel model = models.single("explained");
    Explainer explainer =
        explainers.computeIfAbsent(
            new ExplainerSettings(decoding, alternatives),
            settings ->
                new Explainer(
                    model,
                    new Explainer.Vocabularies(models.source(), models.target()),
                    backend,
                    settings.decoding(),
                    settings.alternatives()));
    if (explainers.size() > MAX_EXPLAINERS) {
      explainers.remove(explainers.keySet().iterator().next()).close();
    }
    return explainer;
  }

  @Override
  public void close() {
    explainers.values().forEach(Explainer::close);
  }
}
