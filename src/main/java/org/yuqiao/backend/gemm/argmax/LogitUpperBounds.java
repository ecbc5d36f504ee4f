package org.yuqiao.backend.gemm.argmax;

import org.yuqiao.backend.gemm.OneDnnWeights;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.gemm.int8.OneDnnInt8Gemm;
import org.yuqiao.backend.simd.RowQuantizer;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;


import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/**
 * How great the products of rows x with the columns w of a matrix can be at most, found with
 * integers of eight bits for a fraction of the work. With x' and w' the rounded vectors, x w = x'
 * w' + (x - x') w + x' (w - w'), and by Cauchy and Schwarz
 *
 * <pre>x w + b &lt;= x' w' + b + |x - x'| |w| + (|x| + |x - x'|) |w - w'|,</pre>
 *
 * <p>to which is added what floats may be off when they are added up.
 *
 * <p>Columns are taken in groups, and what is kept of a group is its greatest bound. Groups lie
 * side by side, as many as a vector has lanes: the greatest are found lane by lane.
 */
public final class LogitUpperBounds {
  /** The columns of a group. */
  private static final int GROUP = 8;

  /** Columns are padded to so many; bounds of those that are not there are negative infinity. */
  private static final int SPAN = GROUP * SimdMath.COUNT;

  /** Weights of a block that stays in the second-level cache while all rows are multiplied. */
  private static final int BLOCK = 1 << 19;

  /** Sums that are made at once, to be read again from there. */
  private static final int MOST_SUMS = 1 << 17;

  /** Twice the relative error of an operation of floats. */
  private static final float ROUNDING = 0x1p-23f;

  private final int inputs;
  private final int outputs;
  private final int columns;
  private final List<OneDnnWeights> blocks = new ArrayList<>();
  private final float[] scales;
  private final float[] bias;
  private final float[] lengths;
  private final float[] distances;

  /** A row x as bounds see it: its factor, and what errors of columns are multiplied with. */
  private record Row(float factor, float ofLengths, float ofDistances) {
    static Row of(float[] x, int at, int inputs, float factor) {
      float length = RowQuantizer.norm(x, at, inputs);
      float distance = RowQuantizer.distance(x, at, inputs, factor);
      float rounding = (inputs + 16) * ROUNDING * length;
      return new Row(factor, distance + rounding, length + distance);
    }
  }

  /** Bounds for a matrix W {@code [I, O]}; {@link #fill} brings its elements. */
  LogitUpperBounds(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.columns = Math.max(1, BLOCK / inputs / SPAN) * SPAN;
    int padded = padded();
    for (int first = 0; first < padded; first += columns) {
      int count = Math.min(columns, padded - first);
      blocks.add(OneDnnWeights.of(inputs, count, memory.data_type.s8));
    }
    this.scales = new float[padded];
    this.bias = new float[padded];
    this.lengths = new float[padded];
    this.distances = new float[padded];
  }

  /** Whether the processor multiplies integers faster than floats. */
  public static boolean areUsed() {
    return OneDnnInt8Gemm.areUsed();
  }

  public int inputs() {
    return inputs;
  }

  public int outputs() {
    return outputs;
  }

  private int padded() {
    return (outputs + SPAN - 1) / SPAN * SPAN;
  }

  /** The number of groups, some of them without columns. */
  public int groups() {
    return padded() / GROUP;
  }

  /** The first column of a group; {@link SimdMath#COUNT} further on is the next one. */
  public int firstColumn(int group) {
    return group / SimdMath.COUNT * SPAN + group % SimdMath.COUNT;
  }

  /** Where the columns of a group end. */
  public int endColumn(int group) {
    return Math.min(outputs, (group / SimdMath.COUNT + 1) * SPAN);
  }

  /**
   * Takes the columns over.
   *
   * @param integers the columns, rounded, as rows {@code [O, I]}
   * @param added the vector b
   */
  void fill(QuantizedTensor integers, float[] added, ColumnErrors errors) {
    System.arraycopy(integers.scales(), 0, scales, 0, outputs);
    Arrays.fill(bias, Float.NEGATIVE_INFINITY);
    for (int o = 0; o < outputs; o++) {
      bias[o] = added[o] + 2 * ROUNDING * Math.abs(added[o]);
    }
    System.arraycopy(errors.lengths(), 0, lengths, 0, outputs);
    System.arraycopy(errors.distances(), 0, distances, 0, outputs);
    int first = 0;
    for (OneDnnWeights block : blocks) {
      byte[] rows = new byte[block.outputs() * inputs];
      int count = Math.min(block.outputs(), outputs - first);
      System.arraycopy(integers.values(), first * inputs, rows, 0, count * inputs);
      try (BytePointer plain = new BytePointer(rows)) {
        block.fill(plain, true);
      }
      first += block.outputs();
    }
  }

  /**
   * The greatest bound of each group.
   *
   * @param x {@code [rows, I]}
   * @param greatest takes {@code [rows, groups]}
   */
  public void find(float[] x, int rows, float[] greatest, Workspace scratch) {
    float[] factors = scratch.array(0, rows);
    long from = scratch.integerRows().round(x, rows, inputs, factors);
    Row[] all = new Row[rows];
    Arrays.setAll(all, r -> Row.of(x, r * inputs, inputs, factors[r]));
    float[] row = scratch.array(1, columns);
    int start = 0;
    for (OneDnnWeights block : blocks) {
      int width = block.outputs();
      int most = Math.max(1, MOST_SUMS / width);
      for (int first = 0; first < rows; first += most) {
        int count = Math.min(most, rows - first);
        Tensor sums = scratch.tensor(count, width);
        long place = from + (long) first * inputs;
        scratch.oneDnn().multiply(block, count, place, 0, sums.address(0));
        for (int r = first; r < first + count; r++) {
          sums.read((r - first) * width, row, 0, width);
          reduce(row, start, width, all[r], greatest, r * groups() + start / GROUP);
        }
      }
      start += width;
    }
  }

  /** From sums of integers to the greatest bounds. */
  private void reduce(float[] sums, int start, int width, Row row, float[] greatest, int target) {
    FloatVector scale = SimdMath.all(row.factor());
    FloatVector ofLengths = SimdMath.all(row.ofLengths());
    FloatVector ofDistances = SimdMath.all(row.ofDistances());
    int group = target;
    for (int c = 0; c < width; c += SPAN) {
      FloatVector most = SimdMath.all(Float.NEGATIVE_INFINITY);
      for (int i = c; i < c + SPAN; i += SimdMath.COUNT) {
        int at = start + i;
        FloatVector above = SimdMath.load(lengths, at).fma(ofLengths, SimdMath.load(bias, at));
        above = SimdMath.load(distances, at).fma(ofDistances, above);
        most = most.max(SimdMath.load(sums, i).fma(SimdMath.load(scales, at).mul(scale), above));
      }
      most.intoArray(greatest, group);
      group += SimdMath.COUNT;
    }
  }
}
