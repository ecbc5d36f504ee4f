package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneDnnMatrixTest {
  private final SplittableRandom random = new SplittableRandom(2);
  private final Scratch scratch = new Scratch();

  @BeforeEach
  void oneDnnIsUsed() {
    assumeTrue(OneDnnWeights.areUsed(), "no AVX-512 here, or oneDNN is not used");
  }

  private Tensor random(int rows, int columns) {
    Tensor tensor = zeros(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.put(i, (float) random.nextGaussian());
    }
    return tensor;
  }

  private static Tensor zeros(int rows, int columns) {
    return Tensor.floats(Tensor.Block.allocate(rows * columns), new long[] {rows, columns});
  }

  private static float[] rows(Tensor tensor, int from, int to) {
    float[] values = new float[(to - from) * tensor.width()];
    tensor.read(from * tensor.width(), values, 0, values.length);
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,7,5", "3,17,33", "5,8,64", "300,33,31", "2,2500,20"})
  void theProductIsThatOfItsDefinition(int rows, int inputs, int outputs) {
    for (boolean transposed : new boolean[] {false, true}) {
      for (boolean biased : new boolean[] {false, true}) {
        Tensor x = random(rows, inputs);
        Tensor w = transposed ? random(outputs, inputs) : random(inputs, outputs);
        Tensor bias = random(1, outputs);
        Tensor y = zeros(rows, outputs);
        Tensor[] in = biased ? new Tensor[] {x, w, bias} : new Tensor[] {x, w};
        new OneDnnMatrix(w, transposed).multiply(in, y, scratch);
        for (int r = 0; r < rows; r++) {
          for (int o = 0; o < outputs; o++) {
            double expected = biased ? bias.get(o) : 0;
            for (int i = 0; i < inputs; i++) {
              int at = transposed ? o * inputs + i : i * outputs + o;
              expected += (double) x.get(r * inputs + i) * w.get(at);
            }
            assertEquals(expected, y.get(r * outputs + o), 1e-3);
          }
        }
      }
    }
  }

  /** The sizes of real models: oneDNN might choose other ways for other numbers of rows. */
  @ParameterizedTest
  @CsvSource({"128,512", "256,1024", "1024,256", "256,4000", "512,2048", "2048,512", "100,300"})
  void aRowIsTheSameToTheLastBitWhateverRowsAreBesideIt(int inputs, int outputs) {
    Tensor w = random(inputs, outputs);
    Tensor bias = random(1, outputs);
    OneDnnMatrix matrix = new OneDnnMatrix(w, false);
    Tensor many = random(300, inputs);
    Tensor all = zeros(300, outputs);
    matrix.multiply(new Tensor[] {many, w, bias}, all, scratch);
    for (int rows : new int[] {1, 2, 3, 5, 8, 13, 16, 17, 31, 32, 64, 100, 128, 255, 256}) {
      int first = 300 - rows;
      Tensor some = zeros(rows, inputs);
      some.write(0, rows(many, first, 300), 0, some.size());
      Tensor y = zeros(rows, outputs);
      matrix.multiply(new Tensor[] {some, w, bias}, y, scratch);
      assertArrayEquals(rows(all, first, 300), rows(y, 0, rows), rows + " rows");
    }
  }

  @Test
  void changedWeightsAreSeenAfterRefreshing() {
    Tensor w = random(3, 2);
    OneDnnMatrix matrix = new OneDnnMatrix(w, false);
    Tensor x = random(1, 3);
    Tensor y = zeros(1, 2);
    w.put(0, 0);
    w.put(2, 0);
    w.put(4, 1);
    matrix.refresh(w);
    matrix.multiply(new Tensor[] {x, w}, y, scratch);
    assertEquals(x.get(2), y.get(0));
  }

  @Test
  void sizesThatWereForgottenAreMadeAgain() {
    Tensor x = random(40, 8);
    for (int round = 0; round < 2; round++) {
      for (int outputs = 1; outputs <= 40; outputs++) {
        Tensor w = zeros(8, outputs);
        float[] ones = new float[w.size()];
        Arrays.fill(ones, 1);
        w.write(0, ones, 0, ones.length);
        OneDnnMatrix matrix = new OneDnnMatrix(w, false);
        for (int rows = 1; rows <= 40; rows++) {
          Tensor some = zeros(rows, 8);
          some.write(0, rows(x, 0, rows), 0, some.size());
          Tensor y = zeros(rows, outputs);
          matrix.multiply(new Tensor[] {some, w}, y, scratch);
          double sum = 0;
          for (int i = 0; i < 8; i++) {
            sum += some.get((rows - 1) * 8 + i);
          }
          assertEquals(sum, y.get(rows * outputs - 1), 1e-4);
        }
      }
    }
  }
}
