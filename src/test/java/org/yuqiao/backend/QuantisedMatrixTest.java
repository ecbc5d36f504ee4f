package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantisedMatrixTest {
  private final SplittableRandom random = new SplittableRandom(2);
  private final Scratch scratch = new Scratch();

  private Tensor random(int rows, int columns) {
    Tensor tensor = zeros(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      // Columns differ in size a hundredfold, which factors of their own make up for.
      tensor.put(i, (float) (random.nextGaussian() * Math.pow(10, i % columns % 3)));
    }
    return tensor;
  }

  private static Tensor zeros(int rows, int columns) {
    return Tensor.floats(Tensor.Block.allocate(rows * columns), new long[] {rows, columns});
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,7,5", "2,16,32", "3,17,33", "4,40,100", "5,8,64", "9,33,31"})
  void theProductIsThatOfTheRoundedMatrix(int rows, int inputs, int outputs) {
    for (boolean transposed : new boolean[] {false, true}) {
      Tensor x = random(rows, inputs);
      Tensor w = transposed ? random(outputs, inputs) : random(inputs, outputs);
      Tensor bias = random(1, outputs);
      Tensor y = zeros(rows, outputs);
      new QuantisedMatrix(w, transposed).multiply(new Tensor[] {x, w, bias}, y, scratch);
      for (int o = 0; o < outputs; o++) {
        double greatest = 0;
        for (int i = 0; i < inputs; i++) {
          greatest =
              Math.max(greatest, Math.abs(w.get(transposed ? o * inputs + i : i * outputs + o)));
        }
        double scale = greatest / 127;
        for (int r = 0; r < rows; r++) {
          double expected = bias.get(o);
          for (int i = 0; i < inputs; i++) {
            float exact = w.get(transposed ? o * inputs + i : i * outputs + o);
            expected += x.get(r * inputs + i) * scale * Math.rint(exact / scale);
          }
          assertEquals(expected, y.get(r * outputs + o), 1e-3 * (1 + Math.abs(expected)));
        }
      }
    }
  }

  @Test
  void aRowIsTheSameToTheLastBitWhateverRowsAreBesideIt() {
    Tensor w = random(70, 50);
    QuantisedMatrix matrix = new QuantisedMatrix(w, false);
    Tensor many = random(11, 70);
    float[][] expected = products(matrix, w, many, 1);
    for (int together : new int[] {2, 4, 5, 11}) {
      float[][] actual = products(matrix, w, many, together);
      for (int r = 0; r < 11; r++) {
        assertArrayEquals(expected[r], actual[r], together + " rows together, row " + r);
      }
    }
  }

  /** The product of each row of {@code x}, {@code together} at a time. */
  private float[][] products(QuantisedMatrix matrix, Tensor w, Tensor x, int together) {
    float[] values = new float[x.size()];
    x.read(0, values, 0, values.length);
    float[][] products = new float[x.rows()][];
    for (int first = 0; first < x.rows(); first += together) {
      int count = Math.min(together, x.rows() - first);
      Tensor some = zeros(count, x.width());
      some.write(0, values, first * x.width(), some.size());
      Tensor y = zeros(count, w.width());
      matrix.multiply(new Tensor[] {some, w}, y, scratch);
      float[] all = new float[y.size()];
      y.read(0, all, 0, all.length);
      for (int r = 0; r < count; r++) {
        products[first + r] = Arrays.copyOfRange(all, r * w.width(), (r + 1) * w.width());
      }
    }
    return products;
  }
}
