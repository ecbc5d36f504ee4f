package org.yuqiao.backend;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Ops that treat each element alone: addition, scaling, the rectifier, dropout. */
final class ElementwiseKernel {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  private ElementwiseKernel() {}

  /** What is done to a vector of each operand, {@code at} being the index of its first element. */
  private interface Function {
    FloatVector of(FloatVector x, FloatVector y, int at);
  }

  /** Applies {@code f} to x and y (which may be the same tensor) by tiles. */
  private static void apply(Tensor x, Tensor y, Tensor result, Scratch scratch, Function f) {
    float[] a = scratch.array(0, Scratch.TILE);
    float[] b = scratch.array(1, Scratch.TILE);
    for (int at = 0; at < result.size(); at += Scratch.TILE) {
      int length = Math.min(Scratch.TILE, result.size() - at);
      x.read(at, a, 0, length);
      if (y != x) {
        y.read(at, b, 0, length);
      }
      for (int i = 0; i < length; i += Lanes.COUNT) {
        f.of(Lanes.load(a, i), Lanes.load(b, i), at + i).intoArray(a, i);
      }
      result.write(at, a, 0, length);
    }
  }

  static void add(Tensor[] in, Tensor[] out, Scratch scratch) {
    apply(in[0], in[1], out[0], scratch, (x, y, at) -> x.add(y));
  }

  static void scale(float factor, Tensor[] in, Tensor[] out, Scratch scratch) {
    apply(in[0], in[0], out[0], scratch, (x, y, at) -> x.mul(factor));
  }

  static void relu(Tensor[] in, Tensor[] out, Scratch scratch) {
    apply(in[0], in[0], out[0], scratch, (x, y, at) -> x.max(0f));
  }

  /** dx = dy where x is positive. */
  static void reluBackward(Tensor[] in, Tensor[] out, Scratch scratch) {
    FloatVector zero = Lanes.all(0);
    apply(
        in[0],
        in[1],
        out[0],
        scratch,
        (x, dy, at) -> zero.blend(dy, x.compare(VectorOperators.GT, 0f)));
  }

  static void dropout(DropoutOp op, Tensor[] in, Tensor[] out, Scratch scratch) {
    int key = op.key(in[1].ints()[0], in[1].ints()[1]);
    float scale = op.scale();
    // Unsigned comparison as a signed one, by flipping the sign bit of both sides.
    int threshold = op.threshold() ^ Integer.MIN_VALUE;
    IntVector steps = IntVector.zero(INTS).addIndex(1).mul(CounterRandom.STEP).add(key);
    apply(
        in[0],
        in[0],
        out[0],
        scratch,
        (x, y, at) -> {
          IntVector random = mix(steps.add(at * CounterRandom.STEP));
          VectorMask<Integer> dropped =
              random
                  .lanewise(VectorOperators.XOR, Integer.MIN_VALUE)
                  .compare(VectorOperators.LT, threshold);
          return x.mul(scale).blend(0f, dropped.cast(Lanes.SPECIES));
        });
  }

  /** {@link CounterRandom#mix} of every lane. */
  private static IntVector mix(IntVector x) {
    IntVector h = xorShift(x, 16).mul(CounterRandom.FIRST);
    h = xorShift(h, 15).mul(CounterRandom.SECOND);
    return xorShift(h, 16);
  }

  private static IntVector xorShift(IntVector x, int bits) {
    return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, bits));
  }
}
