package org.yuqiao.embedding.compare;

import java.nio.file.Path;
import java.util.List;
import org.yuqiao.embedding.word2vec.Word2VecProgress;
import org.yuqiao.plot.LineChart;

/** A chart of the held-out loss while word vectors are trained. */
final class LossCurves {
  private LossCurves() {}

  /** Draws the first trial of each algorithm; returns false without held-out sentences. */
  static boolean write(List<AlgorithmComparison.Outcome> outcomes, Path file) {
    LineChart chart =
        new LineChart("Held-out loss", "words processed, %", "mean loss per prediction");
    for (AlgorithmComparison.Outcome outcome : outcomes) {
      List<Word2VecProgress> curve =
          outcome.trials().get(0).result().curve().stream()
              .filter(point -> point.loss().isPresent())
              .toList();
      if (curve.isEmpty()) {
        return false;
      }
      double[] x = curve.stream().mapToDouble(p -> 100.0 * p.words() / p.totalWords()).toArray();
      double[] y = curve.stream().mapToDouble(p -> p.loss().orElseThrow()).toArray();
      chart.line(outcome.algorithm().title(), x, y);
    }
    chart.picture().write(file);
    return true;
  }
}
