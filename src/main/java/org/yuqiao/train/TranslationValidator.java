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

/**
 * Measures a translation model on held-out pairs during training: loss on all, BLEU and chrF of
 * greedy translations on some.
 */
public final class TranslationValidator implements Validator {
  private final HeldOutPairs pairs;
  private final ValidationLoss loss;
  private final Translator translator;
  private final int sentences;

  /**
   * A validator that reads {@code parameters} in place.
   *
   * @param sentences the maximum number of pairs that are translated
   */
  public TranslationValidator(
      EncoderDecoder model,
      ParameterBuffer parameters,
      Backend backend,
      HeldOutPairs pairs,
      int sentences) {
    this.pairs = pairs;
    this.sentences = Math.min(sentences, pairs.examples().size());
    this.loss =
        new ValidationLoss(model, new TranslationCollator(), parameters, backend, pairs.examples());
    this.translator = new Translator(model, parameters, backend, DecodingSettings.GREEDY);
  }

  @Override
  public Progress.Validation validate(long step, double seconds) {
    List<int[]> sources = pairs.examples().stream().limit(sentences).map(Example::source).toList();
    List<String> hypotheses = new ArrayList<>();
    for (List<Hypothesis> found : translator.translate(sources, done -> {})) {
      hypotheses.add(pairs.tokenizer().decode(found.get(0).tokens()));
    }
    List<List<String>> expected = List.of(pairs.references().subList(0, sentences));
    double bleu = new Bleu(BleuTokenizer.of(pairs.language())).corpus(hypotheses, expected);
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
