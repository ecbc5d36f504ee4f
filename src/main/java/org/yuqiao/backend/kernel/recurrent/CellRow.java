package org.yuqiao.backend.kernel.recurrent;

import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Buffers for one row of one step of a recurrent cell, each block padded to whole vectors: block k
 * begins at k {@link #stride}.
 *
 * <p>In the forward pass {@link #h} and {@link #c} hold the previous state, then the next one. In
 * the backward pass they hold the previous state, and {@link #dh} and {@link #dc} the gradient of
 * the next state, then that of the previous state without the part through h U.
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

  /** Values that the forward pass saves for the backward pass. */
  final float[] tape;

  private final int width;

  /** Leases the buffers for a row of {@code cell} with H = {@code width}. */
  CellRow(RecurrentCell cell, int width, Workspace workspace) {
    this.width = width;
    this.stride = SimdMath.padded(width);
    this.input = workspace.lease(cell.blocks() * stride);
    this.recurrent = workspace.lease(cell.blocks() * stride);
    this.tape = workspace.lease(cell.tapeBlocks() * stride);
    this.h = workspace.lease(stride);
    this.c = workspace.lease(stride);
    this.dh = workspace.lease(stride);
    this.dc = workspace.lease(stride);
  }

  /** x W + b + h U at {@code at}. */
  FloatVector preActivation(int at) {
    return SimdMath.load(input, at).add(SimdMath.load(recurrent, at));
  }

  /** Reads {@code blocks} adjacent blocks from element {@code at} on. */
  void read(Tensor from, int at, float[] into, int blocks) {
    for (int k = 0; k < blocks; k++) {
      from.read(at + k * width, into, k * stride, width);
    }
  }

  /** Writes {@code blocks} adjacent blocks from element {@code at} on. */
  void write(Tensor to, int at, float[] values, int blocks) {
    for (int k = 0; k < blocks; k++) {
      to.write(at + k * width, values, k * stride, width);
    }
  }

  /**
   * Reads the gradient of the state of sentence {@code b}: of h the sum of the output's gradient,
   * from element {@code at} on, and that of later positions; of c the latter.
   */
  void readGradients(Tensor output, int at, Tensor later, Tensor laterMemory, int b) {
    later.read(b * width, dh, 0, width);
    output.read(at, input, 0, width);
    SimdMath.add(dh, input, width);
    laterMemory.read(b * width, dc, 0, width);
  }

  /** Writes the gradient of the previous state, for the previous position. */
  void writeGradients(Tensor later, Tensor laterMemory, int b) {
    later.write(b * width, dh, 0, width);
    laterMemory.write(b * width, dc, 0, width);
  }
}
