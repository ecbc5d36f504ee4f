package org.yuqiao.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.AddPositionsOp;

/**
 * Sinusoidal positions ("Attention Is All You Need", section 3.5): PE(pos, 2i) = sin(pos /
 * 10000^(2i/D)), PE(pos, 2i+1) = cos(pos / 10000^(2i/D)).
 */
public final class PositionalEncoding {
  private final SDVariable table;

  /** Puts the table {@code [positions, D]} into the graph as a constant. */
  public PositionalEncoding(Scope scope, String name, int positions, int width) {
    this.table = scope.graph().constant(name, table(positions, width).castTo(scope.type()));
  }

  /** Adds the encoding of position t to x[:, t, :]. */
  public SDVariable of(SDVariable x) {
    return AddPositionsOp.of(x, table);
  }

  /** Adds the encoding of the step's position to x {@code [B, 1, D]}. */
  public SDVariable of(SDVariable x, DecodingStep step) {
    return AddPositionsOp.of(x, table, step.position());
  }

  /** The first {@code positions} encodings, {@code [positions, D]} in DOUBLE. */
  public static INDArray table(int positions, int width) {
    double[][] table = new double[positions][width];
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < width; i++) {
        double angle = position / Math.pow(10000, (double) (i - i % 2) / width);
        table[position][i] = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
      }
    }
    return Nd4j.createFromArray(table);
  }
}
