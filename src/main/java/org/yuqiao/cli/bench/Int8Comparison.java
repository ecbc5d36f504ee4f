package org.yuqiao.cli.bench;

import java.util.List;
import java.util.Locale;
import org.yuqiao.bench.SpeedTask;
import org.yuqiao.bench.TranslationSpeed;
import org.yuqiao.decode.step.DecodingSettings;

/**
 * {@code yuqiao bench translate --beside-int8}: floats and integers of eight bits in turn.
 *
 * @param floats what translates with floats
 * @param integers the same sentences and models with integers
 */
record Int8Comparison(TranslationSpeed floats, SpeedTask integers, TranslationSpeed.Rounds rounds) {
  /** A row for each beam and batch: sentences a second of both, and the ratio. */
  String table(List<Integer> beams, List<Integer> batches) {
    StringBuilder text = new StringBuilder();
    text.append(" beam  batch   floats  integers   ratio  half of the rounds  the same\n");
    for (int beam : beams) {
      for (int batch : batches) {
        text.append(row(floats.compare(integers, DecodingSettings.beam(beam, 1), batch, rounds)));
      }
    }
    return text.toString();
  }

  private static String row(TranslationSpeed.Comparison compared) {
    TranslationSpeed.Result first = compared.first();
    return String.format(
        Locale.ROOT,
        "%5d  %5s  %7.1f  %8.1f  %6.2f  %7.2f to %.2f  %d of %d\n",
        first.beam(),
        first.batchLabel(),
        first.sentencesPerSecond(),
        compared.second().sentencesPerSecond(),
        compared.ratio(),
        compared.low(),
        compared.high(),
        compared.sameTranslations(),
        first.sentences());
  }
}
