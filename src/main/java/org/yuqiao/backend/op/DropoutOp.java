package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.simd.CounterRandom;

/**
 * Inverted dropout (Srivastava et al. 2014): each element is kept with probability 1 - rate and
 * divided by it, else 0. Whether element i is kept is a function of (seed, place of the op in the
 * graph, i) alone, so the backward pass needs no stored mask and a step can be repeated exactly.
 *
 * <p>Stock ND4J: dropout has no gradient, and random ops give the same mask at every step.
 */
public final class DropoutOp extends CustomOp {
  private final float rate;
  private final int stream;

  private DropoutOp(SameDiff graph, float rate, int stream, SDVariable... args) {
    super(graph, 1, args);
    this.rate = rate;
    this.stream = stream;
  }

  @Override
  public String opName() {
    return "yuqiao_dropout";
  }

  /**
   * Drops elements of {@code x}.
   *
   * @param seed an integer placeholder {@code [2]}, other at every step
   * @param rate the share dropped, 0 &lt; rate &lt; 1
   * @param stream a number no other dropout of the graph has
   */
  public static SDVariable of(SDVariable x, SDVariable seed, double rate, int stream) {
    return new DropoutOp(x.getSameDiff(), (float) rate, stream, x, seed).outputVariable();
  }

  /** The upper 31 bits of a random number below which the element is dropped. */
  public int threshold() {
    return (int) (rate * 2147483648.0);
  }

  /** Whether element {@code i} is dropped at the step of {@code key}. */
  public boolean drops(int key, int i) {
    return CounterRandom.at(key, i) >>> 1 < threshold();
  }

  public float scale() {
    return 1 / (1 - rate);
  }

  /** The key of this op's random numbers at the step whose seed is {@code (low, high)}. */
  public int key(int low, int high) {
    return CounterRandom.mix(low ^ CounterRandom.mix(high + stream * 0x9E3779B9));
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    int key = key(in[1].getInt(0), in[1].getInt(1));
    INDArray x = in[0].reshape(in[0].length());
    INDArray y = out[0].reshape(out[0].length());
    for (int i = 0; i < x.length(); i++) {
      y.putScalar(i, drops(key, i) ? 0 : x.getDouble(i) * scale());
    }
  }

  /** The gradient is dropped and scaled in the same places. */
  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable seed = args()[1];
    return List.of(
        new DropoutOp(sameDiff, rate, stream, gradients.get(0), seed).outputVariable(), seed);
  }
}
