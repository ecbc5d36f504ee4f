package org.yuqiao.backend.kernel.recurrent;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.RecurrentCell;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * One row of one step of a recurrent cell in heap arrays, each block padded to whole vectors: block
 * k begins at k {@link #stride}. Forwards, {@link #h} and {@link #c} hold the state before and then
 * the new one; backwards they hold the state before, and {@link #dh} and {@link #dc} the gradient
 * of the new state and then what goes straight to the state before.
 */
final class CellRow {
  /** Columns of a block, padding included. */
  final int stride;

  /** x W + b; its gradient. */
  final float[] input;

  /** h U; its gradient. */
  final float[] recurrent;

  final float[] h;
  final float[] c;
  final float[] dh;
  final float[] dc;

  /** What forwards writes down for backwards. */
  final float[] tape;

  private final int width;

  /**
   * Room for a row of {@code cell} with H = {@code width}; takes the first seven workspace arrays.
   */
  CellRow(RecurrentCell cell, int width, Workspace workspace) {
    this.width = width;
    this.stride = SimdMath.padded(width);
    this.input = workspace.array(0, cell.blocks() * stride);
    this.recurrent = workspace.array(1, cell.blocks() * stride);
    this.tape = workspace.array(2, cell.tapeBlocks() * stride);
    this.h = workspace.array(3, stride);
    this.c = workspace.array(4, stride);
    this.dh = workspace.array(5, stride);
    this.dc = workspace.array(6, stride);
  }

  /** The number of arrays it takes. */
  static final int ARRAYS = 7;

  /** Reads {@code blocks} blocks that stand side by side from element {@code at} on. */
  void read(Tensor from, int at, float[] into, int blocks) {
    for (int k = 0; k < blocks; k++) {
      from.read(at + k * width, into, k * stride, width);
    }
  }

  /** Writes {@code blocks} blocks side by side. */
  void write(Tensor to, int at, float[] values, int blocks) {
    for (int k = 0; k < blocks; k++) {
      to.write(at + k * width, values, k * stride, width);
    }
  }

  /**
   * Reads the gradient of the state of sentence {@code b}: of h what comes from outside, from
   * element {@code at} on, and what comes from later positions; of c the latter.
   */
  void readGradients(Tensor outside, int at, Tensor later, Tensor laterMemory, int b) {
    later.read(b * width, dh, 0, width);
    outside.read(at, input, 0, width);
    for (int j = 0; j < width; j += SimdMath.COUNT) {
      SimdMath.load(dh, j).add(SimdMath.load(input, j)).intoArray(dh, j);
    }
    laterMemory.read(b * width, dc, 0, width);
  }

  /** Leaves the gradient of the state before for the position before. */
  void writeGradients(Tensor later, Tensor laterMemory, int b) {
    later.write(b * width, dh, 0, width);
    laterMemory.write(b * width, dc, 0, width);
  }
}
