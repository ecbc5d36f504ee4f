package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedMatrixTest {
  private final SplittableRandom random = new SplittableRandom(2);
  private final Scratch scratch = new Scratch();

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

  private static float[] values(Tensor tensor) {
    float[] values = new float[tensor.size()];
    tensor.read(0, values, 0, values.length);
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,7,5", "2,16,32", "3,17,33", "4,40,100", "5,8,64", "9,33,31"})
  void theProductIsThatOfItsDefinition(int rows, int inputs, int outputs) {
    for (boolean transposed : new boolean[] {false, true}) {
      Tensor x = random(rows, inputs);
      Tensor w = transposed ? random(outputs, inputs) : random(inputs, outputs);
      Tensor bias = random(1, outputs);
      Tensor y = zeros(rows, outputs);
      PackedMatrix packed = new PackedMatrix(w, transposed);
      packed.multiply(new Tensor[] {x, w, bias}, y, scratch);
      for (int r = 0; r < rows; r++) {
        for (int o = 0; o < outputs; o++) {
          double expected = bias.get(o);
          for (int i = 0; i < inputs; i++) {
            int at = transposed ? o * inputs + i : i * outputs + o;
            expected += (double) x.get(r * inputs + i) * w.get(at);
          }
          assertEquals(expected, y.get(r * outputs + o), 1e-4);
        }
      }
    }
  }

  @Test
  void aRowIsTheSameToTheLastBitWhateverRowsAreBesideIt() {
    Tensor w = random(70, 50);
    PackedMatrix packed = new PackedMatrix(w, false);
    Tensor many = random(11, 70);
    Tensor all = zeros(11, 50);
    packed.multiply(new Tensor[] {many, w}, all, scratch);
    for (int r = 0; r < 11; r++) {
      Tensor one = zeros(1, 70);
      one.write(0, values(many), r * 70, 70);
      Tensor alone = zeros(1, 50);
      packed.multiply(new Tensor[] {one, w}, alone, scratch);
      assertArrayEquals(Arrays.copyOfRange(values(all), r * 50, r * 50 + 50), values(alone));
    }
  }

  @Test
  void changedWeightsAreSeenAfterRefreshing() {
    Tensor w = random(3, 2);
    PackedMatrix packed = new PackedMatrix(w, false);
    Tensor x = random(1, 3);
    Tensor y = zeros(1, 2);
    w.put(0, 0);
    w.put(2, 0);
    w.put(4, 1);
    packed.refresh(w);
    packed.multiply(new Tensor[] {x, w}, y, scratch);
    assertEquals(x.get(2), y.get(0));
  }
}
