package org.yuqiao.cli.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.TranslationModel;

/** Turns lines of text into the output lines of {@code yuqiao translate}. */
public final class LineTranslator implements AutoCloseable {
  private final TranslationModel model;
  private final Strategy strategy;
  private final LineSplitting splitting;
  private final Function<String, TranslationModel.Line> parser;
  private final int nbest;

  /**
   * Translates with {@code model}, which is closed with this.
   *
   * @param parser of an input line
   * @param nbest the number of translations shown of each line; 0: the best alone, without a score
   */
  LineTranslator(
      TranslationModel model,
      Strategy strategy,
      LineSplitting splitting,
      Function<String, TranslationModel.Line> parser,
      int nbest) {
    this.model = model;
    this.strategy = strategy;
    this.splitting = splitting;
    this.parser = parser;
    this.nbest = nbest;
    model.prepare(strategy);
  }

  /**
   * The output for consecutive lines, which does not depend on how they are grouped.
   *
   * @param first the number of the first line in the whole input, from 1
   * @param progress receives the number of sentences done since its last call
   */
  public List<String> translate(List<String> lines, long first, LongConsumer progress) {
    List<List<TranslationModel.Translation>> translations =
        model.translate(lines.stream().map(parser).toList(), strategy, splitting, progress);
    List<String> output = new ArrayList<>();
    for (int i = 0; i < translations.size(); i++) {
      List<TranslationModel.Translation> best = translations.get(i);
      if (nbest == 0) {
        output.add(best.get(0).text());
      }
      for (int n = 0; n < Math.min(nbest, best.size()); n++) {
        output.add(
            String.format(
                Locale.ROOT,
                "%d\t%.4f\t%s",
                first + i,
                best.get(n).score().orElseThrow(),
                best.get(n).text()));
      }
    }
    return output;
  }

  @Override
  public void close() {
    model.close();
  }
}
