package org.yuqiao.train.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
import org.yuqiao.train.Progress;
import org.yuqiao.train.TranslationCollator;
import org.yuqiao.train.Validator;

/**
 * Measures a translation model on held-out pairs during training: loss on all, BLEU and chrF of
 * greedy translations on some.
 */
public final class TranslationValidator implements Validator {
  /** The number of sentences whose translations are reported. */
  private static final int SAMPLES = 8;

  private final HeldOutPairs pairs;
  private final ValidationLoss loss;
  private final Translator translator;
  private final SampleListener listener;

  /** Receives translations of the same few sentences, at even distances, at each validation. */
  @FunctionalInterface
  public interface SampleListener {
    /** The model after {@code step} steps translates so. */
    void onSamples(long step, List<SampleTranslation> samples);
  }

  /** A validator that reads {@code parameters} in place. */
  public TranslationValidator(
      EncoderDecoder model,
      ParameterBuffer parameters,
      Backend backend,
      HeldOutPairs pairs,
      SampleListener listener) {
    this.pairs = pairs;
    this.listener = listener;
    this.loss =
        new ValidationLoss(model, new TranslationCollator(), parameters, backend, pairs.examples());
    this.translator = new Translator(model, parameters, backend, DecodingSettings.GREEDY);
  }

  @Override
  public Progress.Validation validate(long step, double seconds) {
    int count = pairs.translated();
    List<int[]> sources = pairs.examples().stream().limit(count).map(Example::source).toList();
    List<String> hypotheses = new ArrayList<>();
    for (List<Hypothesis> found : translator.translate(sources, done -> {})) {
      hypotheses.add(pairs.tokenizer().decode(found.get(0).tokens()));
    }
    listener.onSamples(step, samples(hypotheses));
    List<String> expected = IntStream.range(0, count).mapToObj(pairs::reference).toList();
    double bleu =
        new Bleu(BleuTokenizer.of(pairs.language())).corpus(hypotheses, List.of(expected));
    double chrf = new Chrf().corpus(hypotheses, List.of(expected));
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("bleu", bleu);
    scores.put("chrf", chrf);
    return new Progress.Validation(step, seconds, loss.sum().mean(), scores);
  }

  private List<SampleTranslation> samples(List<String> hypotheses) {
    int count = Math.min(SAMPLES, hypotheses.size());
    return IntStream.range(0, count)
        .map(i -> (int) ((long) i * hypotheses.size() / count))
        .mapToObj(
            pair ->
                new SampleTranslation(
                    pairs.source(pair), pairs.reference(pair), hypotheses.get(pair)))
        .toList();
  }

  @Override
  public void close() {
    loss.close();
    translator.close();
  }
}
