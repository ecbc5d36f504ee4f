package org.yuqiao.backend;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.yuqiao.files.QuantisedTensor;

/**
 * A matrix W {@code [I, O]} whose columns are held as integers of eight bits and a factor for each
 * column, laid out like a {@link PackedMatrix}: a quarter of the memory is read. Sums are those of
 * floats, x being left as it is: (sum of x_i q_io) s_o + b_o. Few rows are multiplied with the
 * integers as they are read; for more, each panel is made floats once.
 */
final class QuantisedMatrix implements LaidOutMatrix {
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Byte.SIZE * Lanes.COUNT));
  private static final int PANEL = PanelProduct.WIDTH;
  private static final int ROWS = PanelProduct.ROWS;

  /** Up to so many rows are multiplied with integers. */
  private static final int FEW = 4;

  private final Tensor weight;
  private final boolean transposed;
  private final int inputs;
  private final int outputs;
  private final byte[] panels;
  private final float[] scales;

  /**
   * Lays out {@code weight}, rounded to integers.
   *
   * @param transposed whether the tensor is {@code [O, I]}
   */
  QuantisedMatrix(Tensor weight, boolean transposed) {
    this.weight = weight;
    this.transposed = transposed;
    this.inputs = weight.dim(transposed ? 1 : 0);
    this.outputs = weight.dim(transposed ? 0 : 1);
    int padded = (outputs + PANEL - 1) / PANEL * PANEL;
    this.panels = new byte[padded * inputs];
    this.scales = new float[padded];
    refresh();
  }

  @Override
  public void refresh() {
    float[] values = new float[weight.size()];
    weight.read(0, values, 0, values.length);
    QuantisedTensor quantised = QuantisedTensor.of(weight.shape(), values, transposed ? 0 : 1);
    System.arraycopy(quantised.scales(), 0, scales, 0, outputs);
    int width = weight.width();
    for (int r = 0; r < weight.rows(); r++) {
      for (int c = 0; c < width; c++) {
        int output = transposed ? r : c;
        int input = transposed ? c : r;
        panels[(output / PANEL * inputs + input) * PANEL + output % PANEL] =
            quantised.values()[r * width + c];
      }
    }
  }

  @Override
  public void multiply(Tensor[] in, Tensor y, Scratch scratch) {
    int rows = in[0].rows();
    float[] x = scratch.array(0, (rows + ROWS) * inputs);
    float[] bias = scratch.array(1, outputs + PANEL);
    in[0].read(0, x, 0, rows * inputs);
    if (in.length == 3) {
      in[2].read(0, bias, 0, outputs);
    } else {
      Arrays.fill(bias, 0, outputs, 0f);
    }
    float[] tile = scratch.array(2, ROWS * PANEL);
    float[] floats = scratch.array(3, rows > FEW ? inputs * PANEL : 0);
    PanelProduct product = new PanelProduct(x, inputs, scratch.cleared(4, PANEL), tile, PANEL);
    for (int column = 0; column < outputs; column += PANEL) {
      if (rows > FEW) {
        unpack(column * inputs, floats);
      }
      for (int row = 0; row < rows; row += ROWS) {
        int height = Math.min(ROWS, rows - row);
        if (rows > FEW) {
          product.run(floats, 0, row * inputs, height, 0, 0);
        } else if (rows == 1) {
          one(x, column * inputs, tile);
        } else {
          four(x, column * inputs, tile);
        }
        for (int r = 0; r < height; r++) {
          finish(tile, r * PANEL, column, bias);
          int width = Math.min(PANEL, outputs - column);
          y.write((row + r) * outputs + column, tile, r * PANEL, width);
        }
      }
    }
  }

  /** The sums of integers times their factors, and the bias. */
  private void finish(float[] tile, int at, int column, float[] bias) {
    for (int i = 0; i < PANEL; i += Lanes.COUNT) {
      Lanes.load(tile, at + i)
          .fma(Lanes.load(scales, column + i), Lanes.load(bias, column + i))
          .intoArray(tile, at + i);
    }
  }

  private FloatVector floats(int at) {
    return (FloatVector)
        ByteVector.fromArray(BYTES, panels, at).convertShape(VectorOperators.B2F, Lanes.SPECIES, 0);
  }

  private void unpack(int panel, float[] target) {
    int size = inputs * PANEL;
    for (int i = 0; i < size; i += Lanes.COUNT) {
      floats(panel + i).intoArray(target, i);
    }
  }

  private void one(float[] x, int panel, float[] tile) {
    FloatVector a0 = Lanes.all(0f);
    FloatVector b0 = a0;
    for (int i = 0, p = panel; i < inputs; i++, p += PANEL) {
      FloatVector x0 = Lanes.all(x[i]);
      a0 = floats(p).fma(x0, a0);
      b0 = floats(p + Lanes.COUNT).fma(x0, b0);
    }
    PanelProduct.store(a0, b0, tile, 0);
  }

  private void four(float[] x, int panel, float[] tile) {
    FloatVector a0 = Lanes.all(0f);
    FloatVector b0 = a0;
    FloatVector a1 = a0;
    FloatVector b1 = a0;
    FloatVector a2 = a0;
    FloatVector b2 = a0;
    FloatVector a3 = a0;
    FloatVector b3 = a0;
    for (int i = 0, p = panel; i < inputs; i++, p += PANEL) {
      FloatVector a = floats(p);
      FloatVector b = floats(p + Lanes.COUNT);
      FloatVector x0 = Lanes.all(x[i]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = Lanes.all(x[i + inputs]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = Lanes.all(x[i + 2 * inputs]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = Lanes.all(x[i + 3 * inputs]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
    }
    PanelProduct.store(a0, b0, tile, 0);
    PanelProduct.store(a1, b1, tile, PANEL);
    PanelProduct.store(a2, b2, tile, 2 * PANEL);
    PanelProduct.store(a3, b3, tile, 3 * PANEL);
  }
}
