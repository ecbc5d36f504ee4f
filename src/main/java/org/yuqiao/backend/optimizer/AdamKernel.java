package org.yuqiao.backend.optimizer;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link AdamStep} over float32 arrays with the Vector API; reads and writes each array once. */
public final class AdamKernel implements AdamStep {
  private final float[][] tiles = new float[4][Workspace.TILE + SimdMath.LANES];
  private final Hyperparameters hyperparameters;

  public AdamKernel(Hyperparameters hyperparameters) {
    this.hyperparameters = hyperparameters;
  }

  @Override
  public double sumInto(INDArray[] gradients, int from, int to) {
    Tensor[] tensors = new Tensor[gradients.length];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = range(gradients[i], from, to);
    }
    float[] total = tiles[0];
    float[] addend = tiles[1];
    double squares = 0;
    for (int at = 0; at < to - from; at += Workspace.TILE) {
      int length = Math.min(Workspace.TILE, to - from - at);
      tensors[0].read(at, total, 0, length);
      for (int i = 1; i < tensors.length; i++) {
        tensors[i].read(at, addend, 0, length);
        for (int j = 0; j < length; j += SimdMath.LANES) {
          SimdMath.load(total, j).add(SimdMath.load(addend, j)).intoArray(total, j);
        }
      }
      Arrays.fill(total, length, length + SimdMath.LANES, 0f);
      FloatVector sum = SimdMath.broadcast(0);
      for (int j = 0; j < length; j += SimdMath.LANES) {
        FloatVector g = SimdMath.load(total, j);
        sum = g.fma(g, sum);
      }
      squares += SimdMath.sum(sum);
      if (tensors.length > 1) {
        tensors[0].write(at, total, 0, length);
      }
    }
    return squares;
  }

  private static Tensor range(INDArray flat, int from, int to) {
    return Tensor.floats(Tensor.Block.of(flat, from, to - from), new long[] {to - from});
  }

  @Override
  public void update(
      State state,
      INDArray gradient,
      int from,
      int to,
      double gradientScale,
      double learningRate,
      long step) {
    Tensor[] all = {
      range(state.parameters(), from, to),
      range(state.firstMoment(), from, to),
      range(state.secondMoment(), from, to),
      range(gradient, from, to)
    };
    Coefficients coefficients = hyperparameters.at(step, learningRate);
    float stepSize = (float) coefficients.stepSize();
    float epsilon = (float) coefficients.epsilon();
    float decay = (float) coefficients.decay();
    for (int at = 0; at < to - from; at += Workspace.TILE) {
      int length = Math.min(Workspace.TILE, to - from - at);
      for (int i = 0; i < 4; i++) {
        all[i].read(at, tiles[i], 0, length);
      }
      updateTile(length, (float) gradientScale, stepSize, epsilon, decay);
      for (int i = 0; i < 3; i++) {
        all[i].write(at, tiles[i], 0, length);
      }
    }
  }

  /** m = b1 m + (1-b1) g, v = b2 v + (1-b2) g g, w = decay w - stepSize m / (sqrt(v) + epsilon). */
  private void updateTile(int length, float scale, float stepSize, float epsilon, float decay) {
    float beta1 = (float) hyperparameters.beta1();
    float beta2 = (float) hyperparameters.beta2();
    for (int i = 0; i < length; i += SimdMath.LANES) {
      FloatVector g = SimdMath.load(tiles[3], i).mul(scale);
      FloatVector m = SimdMath.load(tiles[1], i).mul(beta1).add(g.mul(1 - beta1));
      FloatVector v = SimdMath.load(tiles[2], i).mul(beta2).add(g.mul(g).mul(1 - beta2));
      FloatVector move = m.mul(stepSize).div(v.sqrt().add(epsilon));
      SimdMath.load(tiles[0], i).mul(decay).sub(move).intoArray(tiles[0], i);
      m.intoArray(tiles[1], i);
      v.intoArray(tiles[2], i);
    }
  }
}
