package org.yuqiao.backend;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The elements of some rows that are not 0: their columns and values, row after row. */
final class SparseRows {
  private byte[] flags = {};
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
    reserve((end - first) * pieces, width);
    for (int r = first, i = 0; r < end; r++) {
      x.read(r * width, row, 0, width);
      flag(row, width);
      reserve(width);
      for (int from = 0; from < width; from += order.piece()) {
        append(row, from, Math.min(width, from + order.piece()));
        ends[i++] = count;
      }
      if (count > most) {
        return false;
      }
    }
    return true;
  }

  private void reserve(int allPieces, int width) {
    if (ends.length < allPieces) {
      ends = new int[allPieces];
    }
    if (flags.length < Lanes.padded(width)) {
      flags = new byte[Lanes.padded(width)];
    }
  }

  private void reserve(int more) {
    if (count + more + Places.ROOM > columns.length) {
      int room = 2 * (count + more + Places.ROOM);
      columns = Arrays.copyOf(columns, room);
      values = Arrays.copyOf(values, room);
    }
  }

  /** Writes 1 for each element that is not 0, and 0 for the others. */
  private void flag(float[] row, int width) {
    for (int i = 0; i < width; i += Lanes.COUNT) {
      IntVector bits = Lanes.load(row, i).reinterpretAsInts();
      ((ByteVector)
              bits.or(bits.neg())
                  .lanewise(VectorOperators.LSHR, Integer.SIZE - 1)
                  .convertShape(VectorOperators.I2B, Lanes.BYTES, 0))
          .intoArray(flags, i);
    }
  }

  private void append(float[] row, int from, int to) {
    int start = count;
    count = Places.of(flags, from, to, columns, start);
    for (int i = start; i < count; i++) {
      values[i] = row[columns[i]];
    }
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
