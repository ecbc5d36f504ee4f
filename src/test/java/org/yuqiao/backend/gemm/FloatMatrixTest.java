package org.yuqiao.backend.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yuqiao.backend.tensor.TensorFixtures.zeros;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.backend.tensor.TensorFixtures;

/** Every layout of a float32 weight matrix multiplies and refreshes as defined. */
abstract class FloatMatrixTest {
  private final SplittableRandom random = new SplittableRandom(2);
  private final Workspace workspace = new Workspace();

  final void multiply(WeightMatrix matrix, Tensor y, Tensor... in) {
    workspace.releaseTo(0);
    matrix.multiply(in, y, workspace);
  }

  abstract WeightMatrix laidOut(Tensor weight, boolean transposed);

  final Tensor random(int rows, int columns) {
    return TensorFixtures.random(random, rows, columns);
  }

  static float[] rows(Tensor tensor, int from, int to) {
    float[] values = new float[(to - from) * tensor.width()];
    tensor.read(from * tensor.width(), values, 0, values.length);
    return values;
  }

  final void requireDefinition(int rows, int inputs, int outputs, boolean hasBias, double bound) {
    for (boolean transposed : new boolean[] {false, true}) {
      Tensor x = random(rows, inputs);
      Tensor w = transposed ? random(outputs, inputs) : random(inputs, outputs);
      Tensor bias = random(1, outputs);
      Tensor y = zeros(rows, outputs);
      Tensor[] in = hasBias ? new Tensor[] {x, w, bias} : new Tensor[] {x, w};
      multiply(laidOut(w, transposed), y, in);
      for (int r = 0; r < rows; r++) {
        for (int o = 0; o < outputs; o++) {
          double expected = hasBias ? bias.get(o) : 0;
          for (int i = 0; i < inputs; i++) {
            int at = transposed ? o * inputs + i : i * outputs + o;
            expected += (double) x.get(r * inputs + i) * w.get(at);
          }
          assertEquals(expected, y.get(r * outputs + o), bound);
        }
      }
    }
  }

  @Test
  final void refreshReadsTheChangedWeights() {
    Tensor w = random(3, 2);
    WeightMatrix matrix = laidOut(w, false);
    Tensor x = random(1, 3);
    Tensor y = zeros(1, 2);
    w.put(0, 0);
    w.put(2, 0);
    w.put(4, 1);
    matrix.refresh(w);
    multiply(matrix, y, x, w);
    assertEquals(x.get(2), y.get(0));
  }
}
