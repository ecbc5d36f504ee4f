package org.yuqiao.backend.kernel.recurrent;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.RowSoftmax;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Additive attention of one query: energies v &middot; tanh(q + k_j), their softmax, the weighted
 * sum of the memory, and the gradients. The backward pass computes tanh again, for storing it would
 * take A elements for each pair of positions.
 */
final class AdditiveAttention {
  /** q, padded with zeros. */
  final float[] query;

  /** The gradient of q. */
  final float[] queryGradient;

  /** The energies, then the weights of the S positions. */
  final float[] weights;

  /** The weighted sum of the memory; in the backward pass its gradient. */
  final float[] context;

  private final Tensor keys;
  private final int length;
  private final int width;
  private final float[] energy;
  private final float[] energyGradient;
  private final float[] vector;
  private final float[] gradient;
  private final float[] keyGradient;

  /**
   * Leases the buffers for attention over {@code keys}.
   *
   * @param energy v {@code [A]}
   * @param keys {@code [B, S, A]}
   * @param memoryWidth M
   */
  AdditiveAttention(Tensor energy, Tensor keys, int memoryWidth, Workspace workspace) {
    this.keys = keys;
    this.length = keys.dim(1);
    this.width = keys.width();
    int longer = Math.max(width, memoryWidth);
    this.query = workspace.leaseZeros(width);
    this.queryGradient = workspace.leaseZeros(width);
    this.energy = workspace.leaseZeros(width);
    this.energyGradient = workspace.leaseZeros(width);
    this.weights = workspace.leaseZeros(length);
    this.context = workspace.leaseZeros(memoryWidth);
    this.vector = workspace.leaseZeros(longer);
    this.gradient = workspace.leaseZeros(length);
    this.keyGradient = workspace.leaseZeros(width);
    energy.read(0, this.energy, 0, width);
  }

  /** The energies of all positions of sentence {@code b} for the query, into {@link #weights}. */
  void energies(int b) {
    for (int s = 0; s < length; s++) {
      keys.read((b * length + s) * width, vector, 0, width);
      FloatVector sum = SimdMath.broadcast(0);
      for (int j = 0; j < width; j += SimdMath.LANES) {
        FloatVector inside = SimdMath.load(query, j).add(SimdMath.load(vector, j));
        sum = SimdMath.tanh(inside).fma(SimdMath.load(energy, j), sum);
      }
      weights[s] = SimdMath.sum(sum);
    }
  }

  /** Weights and context of sentence {@code b} for the query. */
  void attend(int b, Tensor memory, Tensor mask) {
    energies(b);
    int padded = SimdMath.padded(length);
    for (int s = 0; s < length; s++) {
      if (mask.get(b * length + s) == 0) {
        weights[s] = Float.NEGATIVE_INFINITY;
      }
    }
    Arrays.fill(weights, length, padded, Float.NEGATIVE_INFINITY);
    RowSoftmax.of(weights, 1, padded, vector);
    int columns = memory.width();
    Arrays.fill(context, 0f);
    for (int s = 0; s < length; s++) {
      if (weights[s] != 0) {
        memory.read((b * length + s) * columns, vector, 0, columns);
        FloatVector weight = SimdMath.broadcast(weights[s]);
        for (int j = 0; j < columns; j += SimdMath.LANES) {
          SimdMath.load(vector, j).fma(weight, SimdMath.load(context, j)).intoArray(context, j);
        }
      }
    }
  }

  /**
   * Computes the gradient of the query and adds to those of v and of the keys, given query, weights
   * and the gradient of the context. The gradient of the memory is left to a GEMM over all queries.
   */
  void backward(int b, Tensor memory, Tensor keyGradients) {
    int columns = memory.width();
    double sum = 0;
    for (int s = 0; s < length; s++) {
      memory.read((b * length + s) * columns, vector, 0, columns);
      gradient[s] = weights[s] == 0 ? 0 : dot(vector, context, columns);
      sum += weights[s] * gradient[s];
    }
    Arrays.fill(queryGradient, 0f);
    for (int s = 0; s < length; s++) {
      if (weights[s] != 0) {
        energyBackward(
            (b * length + s) * width, weights[s] * (gradient[s] - (float) sum), keyGradients);
      }
    }
  }

  private static float dot(float[] x, float[] y, int length) {
    int whole = length - length % SimdMath.LANES;
    FloatVector sum = SimdMath.broadcast(0);
    for (int j = 0; j < whole; j += SimdMath.LANES) {
      sum = SimdMath.load(x, j).fma(SimdMath.load(y, j), sum);
    }
    float result = SimdMath.sum(sum);
    for (int j = whole; j < length; j++) {
      result += x[j] * y[j];
    }
    return result;
  }

  /** Adds the gradients through the energy of the key at {@code at}. */
  private void energyBackward(int at, float dEnergy, Tensor keyGradients) {
    keys.read(at, vector, 0, width);
    float[] sums = keyGradient;
    keyGradients.read(at, sums, 0, width);
    for (int j = 0; j < width; j += SimdMath.LANES) {
      FloatVector t = SimdMath.tanh(SimdMath.load(query, j).add(SimdMath.load(vector, j)));
      t.fma(SimdMath.broadcast(dEnergy), SimdMath.load(energyGradient, j))
          .intoArray(energyGradient, j);
      FloatVector inside = t.mul(t).neg().add(1f).mul(SimdMath.load(energy, j)).mul(dEnergy);
      inside.add(SimdMath.load(queryGradient, j)).intoArray(queryGradient, j);
      inside.add(SimdMath.load(sums, j)).intoArray(sums, j);
    }
    keyGradients.write(at, sums, 0, width);
  }

  /** Writes the gradient of v. */
  void writeEnergyGradient(Tensor target) {
    target.write(0, energyGradient, 0, width);
  }
}
