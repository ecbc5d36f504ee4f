package org.yuqiao.backend;

import java.util.Arrays;
import jdk.incubator.vector.VectorOperators;

/** The elements of some rows that are not 0: their columns and values, row after row. */
final class SparseRows {
  private int[] columns = {};
  private float[] values = {};
  private int[] ends = {};
  private int count;
  private int pieces;

  /**
   * Takes the elements of rows {@code first} to {@code end} of {@code x}, unless they are more than
   * {@code most}.
   *
   * @param order whose pieces are looked up in {@link #end}
   * @return whether they were taken
   */
  boolean take(Tensor x, int first, int end, SummationOrder order, int most, Scratch scratch) {
    int width = x.width();
    float[] row = scratch.cleared(0, Lanes.padded(width));
    count = 0;
    pieces = order.pieces(width);
    if (ends.length < (end - first) * pieces) {
      ends = new int[(end - first) * pieces];
    }
    for (int r = first, i = 0; r < end; r++) {
      x.read(r * width, row, 0, width);
      reserve(width);
      for (int from = 0; from < width; from += order.piece()) {
        count = append(row, from, Math.min(width, from + order.piece()), count);
        ends[i++] = count;
      }
      if (count > most) {
        return false;
      }
    }
    return true;
  }

  private void reserve(int more) {
    if (count + more + Lanes.COUNT > columns.length) {
      int room = 2 * (count + more + Lanes.COUNT);
      columns = Arrays.copyOf(columns, room);
      values = Arrays.copyOf(values, room);
    }
  }

  /** Vectors of zeros are passed over; within others every element is written, zeros over again. */
  private int append(float[] row, int from, int to, int start) {
    int at = start;
    for (int i = from; i < to; i += Lanes.COUNT) {
      if (Lanes.load(row, i).compare(VectorOperators.NE, 0f).anyTrue()) {
        int last = Math.min(to, i + Lanes.COUNT);
        for (int j = i; j < last; j++) {
          int bits = Float.floatToRawIntBits(row[j]);
          columns[at] = j;
          values[at] = row[j];
          at += (bits | -bits) >>> (Integer.SIZE - 1);
        }
      }
    }
    return at;
  }

  int[] columns() {
    return columns;
  }

  float[] values() {
    return values;
  }

  /** Where the elements of a row begin. */
  int begin(int row) {
    return row == 0 ? 0 : ends[row * pieces - 1];
  }

  /** Where the elements of a piece of a row end, and those of the next one begin. */
  int end(int row, int piece) {
    return ends[row * pieces + piece];
  }
}
