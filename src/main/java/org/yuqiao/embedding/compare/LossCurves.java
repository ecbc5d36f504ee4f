package org.yuqiao.embedding.compare;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.yuqiao.embedding.word2vec.Word2VecProgress;
import org.yuqiao.files.AtomicFile;

/** A plot of the held-out loss during Word2Vec training. */
final class LossCurves {
  private LossCurves() {}

  /** Plots the first trial of each algorithm; returns false without held-out sentences. */
  static boolean write(List<AlgorithmComparison.Outcome> outcomes, Path file) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(500)
            .xAxisTitle("training words processed, %")
            .yAxisTitle("mean loss of a prediction, held-out sentences")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
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
      chart.addSeries(outcome.algorithm().title(), x, y).setMarker(SeriesMarkers.NONE);
    }
    AtomicFile.write(
        file,
        out -> out.write(BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG)));
    return true;
  }
}
