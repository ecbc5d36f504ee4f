package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.evaluate.Degeneration;
import org.yuqiao.text.Language;

/**
 * Back-translation (Sennrich et al. 2016): synthetic pairs of monolingual sentences and their
 * machine translations, to train a model of the opposite direction on. A tag in front of the
 * synthetic side tells that model which pairs are synthetic (Caswell et al. 2019).
 */
public final class BackTranslation {
  private static final String ORIGIN = "back-translation";

  private final TranslationModel model;
  private final Strategy strategy;
  private final String tag;
  private long dropped;

  /**
   * Translates with {@code model}.
   *
   * @param tag put in front of each translation, with a space; empty for none
   */
  public BackTranslation(TranslationModel model, Strategy strategy, String tag) {
    this.model = model;
    this.strategy = strategy;
    this.tag = tag.isEmpty() ? "" : tag + " ";
  }

  /**
   * The pairs of sentences in the model's source language, in order, without blank sentences and
   * degenerate translations.
   *
   * @param progress receives the number of sentences done since its last call
   */
  public List<SentencePair> pairs(List<String> sentences, LongConsumer progress) {
    Language real = model.settings().source();
    List<String> sources = sentences.stream().filter(line -> !line.isBlank()).toList();
    List<List<TranslationModel.Translation>> translations =
        model.translate(sources.stream().map(model::line).toList(), strategy, progress);
    List<SentencePair> pairs = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      String source = sources.get(i);
      String translation = translations.get(i).get(0).text();
      if (translation.isBlank() || Degeneration.isDegenerate(source, translation, real.other())) {
        dropped++;
        continue;
      }
      pairs.add(new SentencePair(source, source, ORIGIN).with(real.other(), tag + translation));
    }
    return pairs;
  }

  /** The number of sentences left out so far because their translation was degenerate. */
  public long dropped() {
    return dropped;
  }
}
