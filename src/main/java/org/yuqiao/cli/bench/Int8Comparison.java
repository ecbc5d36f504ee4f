package org.yuqiao.cli.bench;

import java.util.List;
import java.util.Locale;
import org.yuqiao.bench.TranslationSpeed;
import org.yuqiao.bench.TranslationWorkload;
import org.yuqiao.decode.step.DecodingSettings;

/**
 * {@code yuqiao bench translate --compare-int8}: float32 and int8 weights in turn.
 *
 * @param float32 measures the float32 models
 * @param int8 the same sentences and models with int8 weights
 */
record Int8Comparison(
    TranslationSpeed float32, TranslationWorkload int8, TranslationSpeed.Rounds rounds) {
  /** One row per beam and batch: sentences per second of both and the speed-up. */
  String table(List<Integer> beams, List<Integer> batches) {
    StringBuilder text = new StringBuilder();
    text.append(" beam  batch  float32      int8  speed-up     quartiles  identical\n");
    for (int beam : beams) {
      for (int batch : batches) {
        text.append(row(float32.compare(int8, DecodingSettings.beam(beam, 1), batch, rounds)));
      }
    }
    return text.toString();
  }

  private static String row(TranslationSpeed.Comparison compared) {
    TranslationSpeed.Result first = compared.first();
    return String.format(
        Locale.ROOT,
        "%5d  %5s  %7.1f  %8.1f  %8.2f  %4.2f to %.2f  %d of %d\n",
        first.beam(),
        first.batchLabel(),
        first.sentencesPerSecond(),
        compared.second().sentencesPerSecond(),
        compared.speedUp(),
        compared.lowerQuartile(),
        compared.upperQuartile(),
        compared.sameTranslations(),
        first.sentences());
  }
}
