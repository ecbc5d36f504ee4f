package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.yuqiao.decode.explain.Explainer;
import org.yuqiao.decode.heads.HeadSurvey;
import org.yuqiao.decode.heads.PrunedHead;
import org.yuqiao.decode.heads.SurveyedPair;
import org.yuqiao.decode.heads.TokenWords;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.evaluate.Bootstrap;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.evaluate.PairedBootstrap;
import org.yuqiao.evaluate.alignment.GoldAlignment;
import org.yuqiao.evaluate.alignment.SplitSentence;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.stats.HolmCorrection;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/** Surveys the attention heads of a model, and prunes them one by one. */
public final class HeadAnalysis {
  private static final long SEED = 1;

  private HeadAnalysis() {}

  /**
   * A model on a test corpus, whole or without a head.
   *
   * @param bleu of its translations
   * @param perplexity of the references, by token
   */
  public record Score(double bleu, double perplexity) {}

  /**
   * A head and the score of the model without it.
   *
   * @param pValue of its BLEU against that of the whole model, by paired bootstrap
   * @param adjustedPValue after Holm's correction for the number of heads
   */
  public record Pruned(AttentionHead head, Score score, double pValue, double adjustedPValue) {}

  /** The whole model and the model without each of its heads. */
  public record Pruning(String signature, int sentences, Score whole, List<Pruned> heads) {}

  /**
   * Surveys all heads on sentence pairs aligned by hand, with the reference as the translation.
   *
   * @param gold Chinese-English alignments, at least one
   * @throws org.yuqiao.files.InvalidInputException for an ensemble or a recurrent model, or a pair
   *     that is longer than the model reads
   */
  public static HeadSurvey.Result survey(TranslationModel model, List<GoldAlignment> gold) {
    LoadedModels models = model.loaded();
    WeightedModel one = models.single("surveyed");
    PrunedHead.all(one.model().settings());
    return HeadSurvey.run(
        one,
        new Explainer.Vocabularies(models.source(), models.target()),
        model.backend(),
        gold.stream()
            .map(pair -> surveyed(models, pair.from(models.settings().source())))
            .toList());
  }

  private static SurveyedPair surveyed(LoadedModels models, GoldAlignment pair) {
    String source = pair.source().text();
    String target = pair.target().text();
    int[] read = models.requireFitting("\"" + source + "\"", models.encodeSource(source));
    int[] written = models.requireFitting("\"" + target + "\"", models.encodeTarget(target));
    return new SurveyedPair(
        read,
        written,
        pair,
        words(read, pair.source(), models.sourceNormalizer(), models.source()),
        words(written, pair.target(), models.targetNormalizer(), models.target()));
  }

  private static TokenWords words(
      int[] tokens, SplitSentence side, TextNormalizer normalizer, Tokenizer tokenizer) {
    return TokenWords.of(
        tokens,
        side.words().stream().map(normalizer::apply).map(tokenizer::normalized).toList(),
        tokenizer.unknowns(normalizer.apply(side.text())),
        tokenizer);
  }

  /**
   * Translates and scores a test corpus with the model, then without each of its heads.
   *
   * @param progress receives the number of sentences done since its last call
   * @throws org.yuqiao.files.InvalidInputException for an ensemble or a recurrent model
   */
  public static Pruning prune(
      TranslationModel model, DecodingSettings decoding, String corpus, LongConsumer progress) {
    List<AttentionHead> heads = heads(model);
    Metric bleu = Metric.of("bleu", model.settings().target()).get(0);
    Evaluation.Result whole = evaluate(model, decoding, corpus, progress);
    List<double[]> counts = counts(bleu, whole);
    PairedBootstrap test = new PairedBootstrap(bleu, Bootstrap.SAMPLES, SEED);
    List<Score> scores = new ArrayList<>();
    List<Double> pValues = new ArrayList<>();
    for (AttentionHead head : heads) {
      try (TranslationModel without = model.changed(PrunedHead.of(settings(model), head))) {
        Evaluation.Result result = evaluate(without, decoding, corpus, progress);
        PairedBootstrap.Result compared = test.compare(counts(bleu, result), counts);
        scores.add(new Score(compared.first(), perplexity(without, corpus)));
        pValues.add(compared.pValue());
      }
    }
    List<Double> adjusted = HolmCorrection.adjust(pValues);
    List<Pruned> pruned = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      pruned.add(new Pruned(heads.get(i), scores.get(i), pValues.get(i), adjusted.get(i)));
    }
    return new Pruning(
        bleu.signature(1),
        whole.sources().size(),
        new Score(whole.scores().get(bleu.name()), perplexity(model, corpus)),
        List.copyOf(pruned));
  }

  /** All heads of the only network of {@code model}. */
  public static List<AttentionHead> heads(TranslationModel model) {
    return PrunedHead.all(settings(model));
  }

  private static ModelSettings settings(TranslationModel model) {
    return model.loaded().single("examined").model().settings();
  }

  private static Evaluation.Result evaluate(
      TranslationModel model, DecodingSettings decoding, String corpus, LongConsumer progress) {
    return Evaluation.run(model, decoding, List.of(corpus), "bleu", progress);
  }

  private static List<double[]> counts(Metric metric, Evaluation.Result result) {
    return metric.allCounts(result.translations(), List.of(result.references()));
  }

  private static double perplexity(TranslationModel model, String corpus) {
    double sum = 0;
    long tokens = 0;
    for (PairScoring.Pair pair : PairScoring.run(model, corpus)) {
      if (pair.score().isPresent()) {
        sum += pair.score().get().logProbability();
        tokens += pair.score().get().scores().length;
      }
    }
    return Math.exp(-sum / tokens);
  }
}
