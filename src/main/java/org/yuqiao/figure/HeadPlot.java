package org.yuqiao.figure;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.decode.heads.HeadAlignment;
import org.yuqiao.plot.Picture;

/** The alignment error rates of the heads of cross-attention as a heat map with numbers. */
public final class HeadPlot {
  private HeadPlot() {}

  /**
   * A row a layer, a column a head, and the mean of a layer's heads at the right.
   *
   * @param alignments by layer: its heads, then their mean; at least one layer, all with equally
   *     many heads
   */
  public static Picture alignments(String title, List<HeadAlignment> alignments) {
    int layers = alignments.get(alignments.size() - 1).layer();
    int columns = alignments.size() / layers;
    double[][] rates = new double[layers][columns];
    for (int i = 0; i < alignments.size(); i++) {
      rates[i / columns][i % columns] = alignments.get(i).predicting().errorRate();
    }
    return MatrixPlot.of(
        title,
        IntStream.rangeClosed(1, layers).mapToObj(layer -> "layer " + layer).toList(),
        Stream.concat(
                IntStream.range(1, columns).mapToObj(head -> "head " + head), Stream.of("mean"))
            .toList(),
        Nd4j.createFromArray(rates));
  }
}
