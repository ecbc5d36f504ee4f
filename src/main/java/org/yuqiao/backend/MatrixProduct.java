package org.yuqiao.backend;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * C = op(A) op(B), row-major, op being the transpose where asked: what the BLAS calls sgemm, for
 * large matrices and vectors of 16 lanes. The blocks and their order are those of Goto and van de
 * Geijn, "Anatomy of high-performance matrix multiplication" (2008): a block of B is laid out in
 * panels of 32 columns and stays in the second-level cache while rows of A meet it, eight at a
 * time; their 8 x 32 sums are in registers.
 *
 * <p>OpenBLAS reaches about two thirds of it on the processors it was compared on. An element is
 * summed in an order that depends on the sizes alone.
 */
final class MatrixProduct {
  private static final int ROWS = 8;
  private static final int PANEL = 2 * Lanes.COUNT;

  /** Terms of a sum that are added up in registers before they go to memory. */
  private static final int DEPTH = 512;

  /** Columns of B in a block, and rows of A. */
  private static final int BREADTH = 16 * PANEL;

  private static final int HEIGHT = 256;

  /**
   * Between lines that are turned: lengths of a power of two would fall into the same cache sets.
   */
  private static final int GAP = Lanes.COUNT;

  /** Below so many multiplications laying out costs more than it brings. */
  private static final long LEAST = 1 << 20;

  private final float[] left = new float[HEIGHT * DEPTH];
  private final float[] right = new float[BREADTH * DEPTH];
  private final float[] lines = new float[PANEL * (DEPTH + GAP)];
  private final float[] tile = new float[ROWS * BREADTH];
  private final float[] before = new float[BREADTH];
  private final float[] bias = new float[BREADTH];

  /**
   * A factor: all rows of a tensor.
   *
   * @param transposed whether its transpose is meant
   */
  record Factor(Tensor tensor, boolean transposed) {}

  /** What is added to a product: nothing, a vector to every row, or what the tensor holds. */
  record Start(Optional<Tensor> bias, boolean adding) {}

  /** Whether a product of these sizes is best made here. */
  static boolean suits(int m, int n, int k) {
    return Lanes.COUNT == 16 && m >= ROWS && n >= PANEL && (long) m * n * k >= LEAST;
  }

  /**
   * Fills {@code c}.
   *
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A)
   */
  void multiply(Factor a, Factor b, Tensor c, int m, int n, int k, Start start) {
    int pieces = (k + DEPTH - 1) / DEPTH;
    int depth = (k + pieces - 1) / pieces;
    for (int p = 0; p < k; p += depth) {
      int terms = Math.min(depth, k - p);
      Start now = p == 0 ? start : new Start(Optional.empty(), true);
      for (int j = 0; j < n; j += BREADTH) {
        int width = Math.min(BREADTH, n - j);
        layOutRight(b, p, terms, j, width);
        if (now.bias().isPresent()) {
          now.bias().get().read(j, bias, 0, width);
        }
        for (int i = 0; i < m; i += HEIGHT) {
          int height = Math.min(HEIGHT, m - i);
          layOutLeft(a, i, height, p, terms);
          block(a.transposed(), height, width, terms, c, i * n + j, n, now);
        }
      }
    }
  }

  /** Panels of 32 columns, in each row after row. */
  private void layOutRight(Factor b, int from, int terms, int column, int width) {
    int stride = b.tensor().width();
    if (b.transposed()) {
      for (int j = 0; j < width; j += PANEL) {
        int columns = Math.min(PANEL, width - j);
        for (int i = 0; i < columns; i++) {
          b.tensor().read((column + j + i) * stride + from, lines, i * (terms + GAP), terms);
        }
        turn(lines, terms, right, j * terms);
      }
    } else {
      for (int p = 0; p < terms; p++) {
        b.tensor().read((from + p) * stride + column, lines, 0, width);
        spread(lines, width, right, p * PANEL, terms * PANEL);
      }
    }
  }

  /** Lines of {@code length} elements become columns of a panel. */
  private static void turn(float[] lines, int length, float[] panel, int at) {
    int[] places = new int[PANEL];
    for (int i = 0; i < PANEL; i++) {
      places[i] = i * (length + GAP);
    }
    for (int p = 0; p < length; p++) {
      FloatVector.fromArray(Lanes.SPECIES, lines, p, places, 0).intoArray(panel, at + p * PANEL);
      FloatVector.fromArray(Lanes.SPECIES, lines, p, places, Lanes.COUNT)
          .intoArray(panel, at + p * PANEL + Lanes.COUNT);
    }
  }

  /** A line's pieces of 32 go to the panels, {@code apart} elements from one to the next. */
  private static void spread(float[] line, int width, float[] panels, int at, int apart) {
    for (int j = 0, to = at; j < width; j += PANEL, to += apart) {
      Lanes.load(line, j).intoArray(panels, to);
      Lanes.load(line, j + Lanes.COUNT).intoArray(panels, to + Lanes.COUNT);
    }
  }

  /**
   * Rows as they are; of a transposed factor, panels of eight rows, in each column after column.
   */
  private void layOutLeft(Factor a, int row, int height, int from, int terms) {
    int stride = a.tensor().width();
    if (a.transposed()) {
      for (int p = 0; p < terms; p++) {
        a.tensor().read((from + p) * stride + row, lines, 0, height);
        spreadEights(lines, height, left, p * ROWS, terms * ROWS);
      }
    } else {
      for (int i = 0; i < height; i++) {
        a.tensor().read((row + i) * stride + from, left, i * terms, terms);
      }
    }
  }

  private static void spreadEights(float[] line, int height, float[] panels, int at, int apart) {
    for (int i = 0, to = at; i < height; i += ROWS, to += apart) {
      FloatVector.fromArray(FloatVector.SPECIES_256, line, i).intoArray(panels, to);
    }
  }

  /** All rows of the left block meet all panels of the right one. */
  private void block(
      boolean turned, int height, int width, int terms, Tensor c, int at, int stride, Start start) {
    for (int i = 0; i < height; i += ROWS) {
      for (int j = 0; j < width; j += PANEL) {
        if (turned) {
          columns(left, i * terms, right, j * terms, terms, tile, j);
        } else {
          rows(left, i * terms, right, j * terms, terms, tile, j);
        }
      }
      for (int r = 0; r < Math.min(ROWS, height - i); r++) {
        store(r * BREADTH, width, c, at + (i + r) * stride, start);
      }
    }
  }

  private void store(int from, int width, Tensor c, int at, Start start) {
    if (start.adding()) {
      c.read(at, before, 0, width);
      add(tile, from, before, width);
    }
    if (start.bias().isPresent()) {
      add(tile, from, bias, width);
    }
    c.write(at, tile, from, width);
  }

  /** Over whole vectors: what lies behind {@code width} is not used by anyone. */
  private static void add(float[] tile, int from, float[] terms, int width) {
    for (int j = 0; j < width; j += Lanes.COUNT) {
      Lanes.load(tile, from + j).add(Lanes.load(terms, j)).intoArray(tile, from + j);
    }
  }

  /** Eight rows, each in order, with a panel. */
  private static void rows(
      float[] left, int row, float[] right, int panel, int terms, float[] tile, int at) {
    FloatVector a0 = Lanes.all(0);
    FloatVector b0 = Lanes.all(0);
    FloatVector a1 = Lanes.all(0);
    FloatVector b1 = Lanes.all(0);
    FloatVector a2 = Lanes.all(0);
    FloatVector b2 = Lanes.all(0);
    FloatVector a3 = Lanes.all(0);
    FloatVector b3 = Lanes.all(0);
    FloatVector a4 = Lanes.all(0);
    FloatVector b4 = Lanes.all(0);
    FloatVector a5 = Lanes.all(0);
    FloatVector b5 = Lanes.all(0);
    FloatVector a6 = Lanes.all(0);
    FloatVector b6 = Lanes.all(0);
    FloatVector a7 = Lanes.all(0);
    FloatVector b7 = Lanes.all(0);
    for (int i = row, p = panel; i < row + terms; i++, p += PANEL) {
      FloatVector a = Lanes.load(right, p);
      FloatVector b = Lanes.load(right, p + Lanes.COUNT);
      FloatVector x0 = Lanes.all(left[i]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = Lanes.all(left[i + terms]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = Lanes.all(left[i + 2 * terms]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = Lanes.all(left[i + 3 * terms]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
      FloatVector x4 = Lanes.all(left[i + 4 * terms]);
      a4 = a.fma(x4, a4);
      b4 = b.fma(x4, b4);
      FloatVector x5 = Lanes.all(left[i + 5 * terms]);
      a5 = a.fma(x5, a5);
      b5 = b.fma(x5, b5);
      FloatVector x6 = Lanes.all(left[i + 6 * terms]);
      a6 = a.fma(x6, a6);
      b6 = b.fma(x6, b6);
      FloatVector x7 = Lanes.all(left[i + 7 * terms]);
      a7 = a.fma(x7, a7);
      b7 = b.fma(x7, b7);
    }
    storePair(a0, b0, tile, at);
    storePair(a1, b1, tile, at + BREADTH);
    storePair(a2, b2, tile, at + 2 * BREADTH);
    storePair(a3, b3, tile, at + 3 * BREADTH);
    storePair(a4, b4, tile, at + 4 * BREADTH);
    storePair(a5, b5, tile, at + 5 * BREADTH);
    storePair(a6, b6, tile, at + 6 * BREADTH);
    storePair(a7, b7, tile, at + 7 * BREADTH);
  }

  /** A panel of eight rows, column after column, with a panel of 32 columns. */
  private static void columns(
      float[] left, int row, float[] right, int panel, int terms, float[] tile, int at) {
    FloatVector a0 = Lanes.all(0);
    FloatVector b0 = Lanes.all(0);
    FloatVector a1 = Lanes.all(0);
    FloatVector b1 = Lanes.all(0);
    FloatVector a2 = Lanes.all(0);
    FloatVector b2 = Lanes.all(0);
    FloatVector a3 = Lanes.all(0);
    FloatVector b3 = Lanes.all(0);
    FloatVector a4 = Lanes.all(0);
    FloatVector b4 = Lanes.all(0);
    FloatVector a5 = Lanes.all(0);
    FloatVector b5 = Lanes.all(0);
    FloatVector a6 = Lanes.all(0);
    FloatVector b6 = Lanes.all(0);
    FloatVector a7 = Lanes.all(0);
    FloatVector b7 = Lanes.all(0);
    for (int i = row, p = panel; i < row + ROWS * terms; i += ROWS, p += PANEL) {
      FloatVector a = Lanes.load(right, p);
      FloatVector b = Lanes.load(right, p + Lanes.COUNT);
      FloatVector x0 = Lanes.all(left[i]);
      a0 = a.fma(x0, a0);
      b0 = b.fma(x0, b0);
      FloatVector x1 = Lanes.all(left[i + 1]);
      a1 = a.fma(x1, a1);
      b1 = b.fma(x1, b1);
      FloatVector x2 = Lanes.all(left[i + 2]);
      a2 = a.fma(x2, a2);
      b2 = b.fma(x2, b2);
      FloatVector x3 = Lanes.all(left[i + 3]);
      a3 = a.fma(x3, a3);
      b3 = b.fma(x3, b3);
      FloatVector x4 = Lanes.all(left[i + 4]);
      a4 = a.fma(x4, a4);
      b4 = b.fma(x4, b4);
      FloatVector x5 = Lanes.all(left[i + 5]);
      a5 = a.fma(x5, a5);
      b5 = b.fma(x5, b5);
      FloatVector x6 = Lanes.all(left[i + 6]);
      a6 = a.fma(x6, a6);
      b6 = b.fma(x6, b6);
      FloatVector x7 = Lanes.all(left[i + 7]);
      a7 = a.fma(x7, a7);
      b7 = b.fma(x7, b7);
    }
    storePair(a0, b0, tile, at);
    storePair(a1, b1, tile, at + BREADTH);
    storePair(a2, b2, tile, at + 2 * BREADTH);
    storePair(a3, b3, tile, at + 3 * BREADTH);
    storePair(a4, b4, tile, at + 4 * BREADTH);
    storePair(a5, b5, tile, at + 5 * BREADTH);
    storePair(a6, b6, tile, at + 6 * BREADTH);
    storePair(a7, b7, tile, at + 7 * BREADTH);
  }

  private static void storePair(FloatVector first, FloatVector second, float[] tile, int at) {
    first.intoArray(tile, at);
    second.intoArray(tile, at + Lanes.COUNT);
  }
}
