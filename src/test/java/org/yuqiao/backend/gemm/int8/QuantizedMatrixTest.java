package org.yuqiao.backend.gemm.int8;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yuqiao.backend.tensor.TensorFixtures.zeros;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.compute.Compute;
import org.yuqiao.backend.compute.ComputeLevel;
import org.yuqiao.backend.compute.RequiredLevel;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.backend.tensor.TensorFixtures;

class QuantizedMatrixTest {
  private final SplittableRandom random = new SplittableRandom(2);
  private final Workspace workspace = new Workspace();

  /** Columns differ in size a hundredfold, which their scales compensate. */
  private Tensor random(int rows, int columns) {
    Tensor tensor = TensorFixtures.random(random, rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.put(i, (float) (tensor.get(i) * Math.pow(10, i % columns % 3)));
    }
    return tensor;
  }

  private void multiply(QuantizedMatrix matrix, Tensor y, Tensor... in) {
    workspace.releaseTo(0);
    matrix.multiply(in, y, workspace);
  }

  private static List<QuantizedMatrix.Layout> layouts() {
    return Compute.here().usesVnni()
        ? List.of(VectorInt8Gemm::new, OneDnnInt8Gemm::new)
        : List.of(VectorInt8Gemm::new);
  }

  /** A row of x, quantized with its scale max |x| / 127 and read back. */
  private static double[] dequantized(Tensor x, int row, int inputs) {
    float max = 0;
    for (int i = 0; i < inputs; i++) {
      max = Math.max(max, Math.abs(x.get(row * inputs + i)));
    }
    double[] values = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      values[i] = Math.rint(x.get(row * inputs + i) * (127 / max)) * (max / 127.0);
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "1,7,5",
    "2,16,32",
    "3,17,33",
    "4,40,100",
    "5,8,64",
    "9,33,31",
    "2,2500,20",
    "300,9,17",
    "40,5,9000"
  })
  void multipliesQuantizedRowsByTheQuantizedMatrix(int rows, int inputs, int outputs) {
    for (QuantizedMatrix.Layout layout : layouts()) {
      for (boolean transposed : new boolean[] {false, true}) {
        Tensor x = random(rows, inputs);
        Tensor w = transposed ? random(outputs, inputs) : random(inputs, outputs);
        Tensor bias = random(1, outputs);
        Tensor y = zeros(rows, outputs);
        QuantizedMatrix matrix = new QuantizedMatrix(w, transposed, layout);
        multiply(matrix, y, x, w, bias);
        for (int r = 0; r < rows; r++) {
          double[] row = dequantized(x, r, inputs);
          for (int o = 0; o < outputs; o++) {
            double expected = bias.get(o) + dotProduct(row, column(w, transposed, o));
            assertEquals(expected, y.get(r * outputs + o), 1e-4 * (1 + Math.abs(expected)));
          }
        }
      }
    }
  }

  private static double dotProduct(double[] x, double[] column) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] * column[i]).sum();
  }

  /** A column of the matrix, quantized and read back. */
  private static double[] column(Tensor w, boolean transposed, int column) {
    int inputs = w.dim(transposed ? 1 : 0);
    int outputs = w.dim(transposed ? 0 : 1);
    double[] values = new double[inputs];
    Arrays.setAll(values, i -> w.get(transposed ? column * inputs + i : i * outputs + column));
    double scale = Arrays.stream(values).map(Math::abs).max().orElseThrow() / 127;
    Arrays.setAll(values, i -> scale * Math.rint(values[i] / scale));
    return values;
  }

  @ParameterizedTest
  @CsvSource({"37,2100,50", "37,20,4099", "150,20,1100"})
  void vectorAndOneDnnGemmAgreeToTheLastBit(int rows, int inputs, int outputs) {
    RequiredLevel.require(ComputeLevel.VNNI);
    Tensor w = random(inputs, outputs);
    Tensor x = random(rows, inputs);
    float[][] expected = matmul(new QuantizedMatrix(w, false, VectorInt8Gemm::new), w, x, rows);
    float[][] actual = matmul(new QuantizedMatrix(w, false, OneDnnInt8Gemm::new), w, x, rows);
    for (int r = 0; r < rows; r++) {
      assertArrayEquals(expected[r], actual[r], "row " + r);
    }
  }

  @Test
  void rowsOfAlmostNothingGiveTheBias() {
    Tensor w = random(20, 30);
    Tensor bias = random(1, 30);
    Tensor x = zeros(2, 20);
    x.put(21, Float.MIN_VALUE);
    for (QuantizedMatrix.Layout layout : layouts()) {
      Tensor y = zeros(2, 30);
      multiply(new QuantizedMatrix(w, false, layout), y, x, w, bias);
      for (int o = 0; o < 30; o++) {
        assertEquals(bias.get(o), y.get(o));
        assertEquals(bias.get(o), y.get(30 + o));
      }
    }
  }

  @Test
  void aRowIsTheSameToTheLastBitWhateverRowsAreBesideIt() {
    Tensor w = random(70, 50);
    Tensor many = random(11, 70);
    for (QuantizedMatrix.Layout layout : layouts()) {
      QuantizedMatrix matrix = new QuantizedMatrix(w, false, layout);
      float[][] expected = matmul(matrix, w, many, 1);
      for (int together : new int[] {2, 4, 5, 11}) {
        float[][] actual = matmul(matrix, w, many, together);
        for (int r = 0; r < 11; r++) {
          assertArrayEquals(expected[r], actual[r], together + " rows together, row " + r);
        }
      }
    }
  }

  /** The result of each row of {@code x}, {@code together} at a time. */
  private float[][] matmul(QuantizedMatrix matrix, Tensor w, Tensor x, int together) {
    float[] values = new float[x.size()];
    x.read(0, values, 0, values.length);
    float[][] results = new float[x.rows()][];
    for (int first = 0; first < x.rows(); first += together) {
      int count = Math.min(together, x.rows() - first);
      Tensor some = zeros(count, x.width());
      some.write(0, values, first * x.width(), some.size());
      Tensor y = zeros(count, w.width());
      multiply(matrix, y, some, w);
      float[] all = new float[y.size()];
      y.read(0, all, 0, all.length);
      for (int r = 0; r < count; r++) {
        results[first + r] = Arrays.copyOfRange(all, r * w.width(), (r + 1) * w.width());
      }
    }
    return results;
  }
}
