package org.yuqiao.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.evaluate.Bleu;
import org.yuqiao.evaluate.Chrf;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Measures a model on held-out pairs while it is trained: loss on all of them, BLEU and chrF on
 * some, greedily.
 */
public final class TranslationValidator implements Validator {
  private final List<Example> pairs;
  private final List<String> references;
  private final Tokenizer target;
  private final Language language;
  private final ValidationLoss loss;
  private final Translator translator;
  private final int sentences;

  /**
   * A validator that reads {@code parameters} where they are.
   *
   * @param pairs held-out pairs as ids
   * @param references the target side of each as plain text
   * @param sentences how many of them are translated
   */
  public TranslationValidator(
      EncoderDecoder model,
      ParameterBuffer parameters,
      Backend backend,
      List<Example> pairs,
      List<String> references,
      Tokenizer target,
      Language language,
      int sentences) {
    this.pairs = pairs;
    this.references = references;
    this.target = target;
    this.language = language;
    this.sentences = Math.min(sentences, pairs.size());
    this.loss = new ValidationLoss(model, new TranslationCollator(), parameters, backend, pairs);
    this.translator = new Translator(model, parameters, backend, DecodingSettings.GREEDY);
  }

  @Override
  public Progress.Validation validate(long step, double seconds) {
    List<int[]> sources = pairs.stream().limit(sentences).map(Example::source).toList();
    List<String> hypotheses = new ArrayList<>();
    for (List<Hypothesis> found : translator.translate(sources, done -> {})) {
      hypotheses.add(target.decode(found.get(0).tokens()));
    }
    List<List<String>> expected = List.of(references.subList(0, sentences));
    double bleu = new Bleu(BleuTokenizer.of(language)).corpus(hypotheses, expected);
    double chrf = new Chrf().corpus(hypotheses, expected);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("bleu", bleu);
    scores.put("chrf", chrf);
    return new Progress.Validation(step, seconds, loss.sum().mean(), scores);
  }

  @Override
  public void close() {
    loss.close();
    translator.close();
  }
}
