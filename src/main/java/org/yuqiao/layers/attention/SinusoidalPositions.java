package org.yuqiao.layers.attention;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.AddPositionsOp;
import org.yuqiao.layers.base.Scope;

/**
 * Sinusoidal positions ("Attention Is All You Need", section 3.5), added to the embeddings: PE(pos,
 * 2i) = sin(pos / 10000^(2i/D)), PE(pos, 2i+1) = cos(pos / 10000^(2i/D)). In halves, the sines are
 * columns 0 to ceil(D/2) - 1 and the cosines the rest, which is the same up to the order of
 * columns. Marian's own, also in halves, divide by 10000^(i/(D/2 - 1)).
 */
public final class SinusoidalPositions implements Positions {
  private final SDVariable table;

  /** Puts the table {@code [positions, D]} into the graph as a constant. */
  SinusoidalPositions(Scope scope, Stack stack, PositionScheme scheme) {
    INDArray doubles = table(scheme, stack.positions(), stack.width());
    INDArray values = doubles.castTo(scope.type());
    this.table = scope.graph().constant(stack.name() + ".positions", values);
  }

  @Override
  public SDVariable onEmbeddings(SDVariable x, PositionOffset offset) {
    return AddPositionsOp.of(x, table, offset.position());
  }

  /** The encodings of a sinusoidal scheme, {@code [positions, D]} in DOUBLE. */
  public static INDArray table(PositionScheme scheme, int positions, int width) {
    return switch (scheme) {
      case SINUSOIDAL -> table(positions, width);
      case SINUSOIDAL_HALVES -> tableInHalves(positions, width);
      case SINUSOIDAL_MARIAN -> tableOfMarian(positions, width);
      default -> throw new IllegalArgumentException(scheme + " has no sines");
    };
  }

  /** The first {@code positions} encodings, {@code [positions, D]} in DOUBLE. */
  public static INDArray table(int positions, int width) {
    double[][] table = new double[positions][];
    for (int position = 0; position < positions; position++) {
      table[position] = encoding(position, width);
    }
    return Nd4j.createFromArray(table);
  }

  /** The same with all sines before all cosines. */
  public static INDArray tableInHalves(int positions, int width) {
    double[][] table = new double[positions][width];
    int sines = (width + 1) / 2;
    for (int position = 0; position < positions; position++) {
      double[] pairs = encoding(position, width);
      for (int i = 0; i < width; i++) {
        table[position][i / 2 + (i % 2 == 0 ? 0 : sines)] = pairs[i];
      }
    }
    return Nd4j.createFromArray(table);
  }

  private static INDArray tableOfMarian(int positions, int width) {
    double[][] table = new double[positions][width];
    int sines = (width + 1) / 2;
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < width; i++) {
        double exponent = (double) (i % sines) / Math.max(1, sines - 1);
        double angle = position / Math.pow(10000, exponent);
        table[position][i] = i < sines ? Math.sin(angle) : Math.cos(angle);
      }
    }
    return Nd4j.createFromArray(table);
  }

  /** The encoding {@code [D]} of a position, or of a distance. */
  static double[] encoding(int position, int width) {
    double[] encoding = new double[width];
    for (int i = 0; i < width; i++) {
      double angle = position / Math.pow(10000, (double) (i - i % 2) / width);
      encoding[i] = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }
    return encoding;
  }
}
