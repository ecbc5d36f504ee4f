package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.simd.CounterRandom;

/**
 * Inverted dropout (Srivastava et al. 2014): an element is set to 0 with probability rate, else
 * divided by 1 - rate.
 *
 * <p>Whether element i is dropped is a function of (seed, stream, i) alone, so that the backward
 * pass needs no stored mask and a step can be repeated exactly. ND4J's own dropout has no gradient,
 * and its random ops give the same mask at every step.
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
   * @param seed an int32 placeholder {@code [2]}, different at every step
   * @param rate the dropout rate, 0 &lt; rate &lt; 1
   * @param stream a number that no other dropout of the graph has
   */
  public static SDVariable of(SDVariable x, SDVariable seed, double rate, int stream) {
    return new DropoutOp(x.getSameDiff(), (float) rate, stream, x, seed).outputVariable();
  }

  /** An element is dropped when the upper 31 bits of its random number are below this. */
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

  /** The gradient is dropped and scaled at the same elements. */
  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable seed = args()[1];
    return List.of(
        new DropoutOp(sameDiff, rate, stream, gradients.get(0), seed).outputVariable(), seed);
  }
}
