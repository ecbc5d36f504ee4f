package org.yuqiao.backend.session;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.backend.tensor.Tensor;

/**
 * The state of a decoder between decoding steps: the keys and values of a Transformer's attention
 * (KV cache), or the hidden states of a recurrent decoder, which take one position.
 *
 * <p>Each name has an array {@code [R, C, D]}: R rows (hypotheses or sentences), C positions of
 * which the first are filled, D the width. Graphs read and extend the arrays in place ({@link
 * Inputs#cache}, {@link CacheAppendOp}); memory is kept from batch to batch.
 */
public final class StateCache implements AutoCloseable {
  /** Positions by which the capacity grows; those not filled hold zeros. */
  private static final int BLOCK = 16;

  private final Map<String, StateArray> arrays = new LinkedHashMap<>();
  private final int width;
  private int rows;
  private int capacity;

  /** An empty cache with an array of {@code width} columns for each of {@code names}. */
  public StateCache(Collection<String> names, int width, DataType type) {
    this.width = width;
    names.forEach(name -> arrays.put(name, StateArray.empty(type, BLOCK)));
  }

  Set<String> names() {
    return arrays.keySet();
  }

  /** The number of rows R. */
  public int rows() {
    return rows;
  }

  /** The number of positions C that there is room for. */
  public int capacity() {
    return capacity;
  }

  /** Sets all arrays to zeros {@code [rows, positions, D]}. */
  public void reset(int rows, int positions) {
    this.rows = rows;
    this.capacity = positions;
    for (StateArray array : arrays.values()) {
      array.reserve(size(), 0);
      array.clear(0, size());
    }
  }

  /** Copies {@code values} {@code [R, C, D]} into the array {@code name}. */
  public void fill(String name, INDArray values) {
    array(name).assign(values);
  }

  /** Makes room for {@code positions}; what is filled keeps its position. */
  public void reserve(int positions) {
    if (positions > capacity) {
      int wider = (positions + BLOCK - 1) / BLOCK * BLOCK;
      arrays.values().forEach(array -> widen(array, wider));
      capacity = wider;
    }
  }

  /** Moves rows apart, the last first: each goes to where later ones were. */
  private void widen(StateArray array, int wider) {
    int old = capacity * width;
    int stride = wider * width;
    array.reserve(Math.toIntExact((long) rows * stride), rows * old);
    for (int row = rows - 1; row >= 0; row--) {
      array.move(row * old, row * stride, old);
      array.clear(row * stride + old, stride - old);
    }
  }

  /**
   * Replaces row i by row {@code from[i]} for all i at once; there are {@code from.length} rows
   * afterwards. A row that keeps its number costs nothing.
   *
   * @param positions the number of filled positions, which are moved
   */
  public void select(int[] from, int positions) {
    int stride = capacity * width;
    int moved = positions * width;
    for (StateArray array : arrays.values()) {
      array.reserve(Math.toIntExact((long) from.length * stride), rows * stride);
      array.clear(rows * stride, Math.max(0, from.length - rows) * stride);
      if (moveUpOnly(from)) {
        for (int i = from.length - 1; i >= 0; i--) {
          array.move(from[i] * stride, i * stride, moved);
        }
      } else if (overwritesNoSource(from)) {
        for (int i = 0; i < from.length; i++) {
          array.move(from[i] * stride, i * stride, moved);
        }
      } else {
        array.permute(from, stride, rows * stride, moved);
      }
    }
    rows = from.length;
  }

  /** Whether no row moves to a lower number: copied last first, none is lost. */
  private static boolean moveUpOnly(int[] from) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] > i) {
        return false;
      }
    }
    return true;
  }

  /** Whether every row that is copied also keeps its own number, or is cut off. */
  private static boolean overwritesNoSource(int[] from) {
    for (int row : from) {
      if (row < from.length && from[row] != row) {
        return false;
      }
    }
    return true;
  }

  /** A view of the array {@code [R, C, D]} of that name. */
  public INDArray array(String name) {
    return arrays.get(name).view(0, size()).reshape(shape());
  }

  /** The same array for kernels; float32 on the CPU only. */
  public Tensor tensor(String name) {
    return Tensor.floats(arrays.get(name).block(), shape());
  }

  private int size() {
    return Math.toIntExact((long) rows * capacity * width);
  }

  private long[] shape() {
    return new long[] {rows, capacity, width};
  }

  @Override
  public void close() {
    arrays.values().forEach(StateArray::close);
    arrays.clear();
  }
}
