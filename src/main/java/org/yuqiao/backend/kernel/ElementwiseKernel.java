package org.yuqiao.backend.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.DropoutOp;
import org.yuqiao.backend.simd.CounterRandom;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** Elementwise ops and their gradients: sums, products, activations, dropout. */
public final class ElementwiseKernel {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  private ElementwiseKernel() {}

  /**
   * Computes a tile in place: {@code x} from {@code x} and {@code y}, {@code at} being the index of
   * its first element in the tensor. The loop over vectors is inside, for behind an interface the
   * JIT compiler would allocate an object for every vector.
   */
  private interface Tile {
    void apply(float[] x, float[] y, int length, int at);
  }

  /** Computes all tiles of {@code result} from x and y, which may be the same tensor. */
  private static void apply(Tensor x, Tensor y, Tensor result, Workspace workspace, Tile tile) {
    float[] a = workspace.lease(Workspace.TILE);
    float[] b = workspace.lease(Workspace.TILE);
    for (int at = 0; at < result.size(); at += Workspace.TILE) {
      int length = Math.min(Workspace.TILE, result.size() - at);
      x.read(at, a, 0, length);
      if (y != x) {
        y.read(at, b, 0, length);
      }
      tile.apply(a, y == x ? a : b, length, at);
      result.write(at, a, 0, length);
    }
  }

  public static void add(Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(in[0], in[1], out[0], workspace, ElementwiseKernel::addTile);
  }

  private static void addTile(float[] x, float[] y, int length, int at) {
    SimdMath.add(x, y, length);
  }

  public static void scale(float scale, Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(in[0], in[0], out[0], workspace, (x, y, length, at) -> scaleTile(scale, x, length));
  }

  private static void scaleTile(float scale, float[] x, int length) {
    for (int i = 0; i < length; i += SimdMath.LANES) {
      SimdMath.load(x, i).mul(scale).intoArray(x, i);
    }
  }

  public static void relu(Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(in[0], in[0], out[0], workspace, ElementwiseKernel::reluTile);
  }

  private static void reluTile(float[] x, float[] y, int length, int at) {
    for (int i = 0; i < length; i += SimdMath.LANES) {
      SimdMath.load(x, i).max(0f).intoArray(x, i);
    }
  }

  /** dx = dy where x is positive. */
  public static void reluBackward(Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(in[0], in[1], out[0], workspace, ElementwiseKernel::reluBackwardTile);
  }

  private static void reluBackwardTile(float[] x, float[] dy, int length, int at) {
    for (int i = 0; i < length; i += SimdMath.LANES) {
      VectorMask<Float> positive = SimdMath.load(x, i).compare(VectorOperators.GT, 0f);
      SimdMath.broadcast(0).blend(SimdMath.load(dy, i), positive).intoArray(x, i);
    }
  }

  public static void tanh(Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(in[0], in[0], out[0], workspace, ElementwiseKernel::tanhTile);
  }

  private static void tanhTile(float[] x, float[] y, int length, int at) {
    for (int i = 0; i < length; i += SimdMath.LANES) {
      SimdMath.tanh(SimdMath.load(x, i)).intoArray(x, i);
    }
  }

  /** dx = dy (1 - tanh(x)^2). */
  public static void tanhBackward(Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(in[0], in[1], out[0], workspace, ElementwiseKernel::tanhBackwardTile);
  }

  private static void tanhBackwardTile(float[] x, float[] dy, int length, int at) {
    for (int i = 0; i < length; i += SimdMath.LANES) {
      FloatVector t = SimdMath.tanh(SimdMath.load(x, i));
      t.mul(t).neg().add(1f).mul(SimdMath.load(dy, i)).intoArray(x, i);
    }
  }

  public static void multiply(Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(in[0], in[1], out[0], workspace, ElementwiseKernel::multiplyTile);
  }

  private static void multiplyTile(float[] x, float[] y, int length, int at) {
    for (int i = 0; i < length; i += SimdMath.LANES) {
      SimdMath.load(x, i).mul(SimdMath.load(y, i)).intoArray(x, i);
    }
  }

  /** y = x sigmoid(a x + b x^3). */
  public static void selfGated(double a, double b, Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(
        in[0],
        in[0],
        out[0],
        workspace,
        (x, y, length, at) -> selfGatedTile((float) a, (float) b, x, length));
  }

  private static void selfGatedTile(float a, float b, float[] x, int length) {
    for (int i = 0; i < length; i += SimdMath.LANES) {
      FloatVector v = SimdMath.load(x, i);
      FloatVector slope = v.mul(v).mul(b).add(a);
      v.mul(SimdMath.sigmoid(v.mul(slope))).intoArray(x, i);
    }
  }

  /** dx = dy g (1 + x (1 - g) (a + 3 b x^2)), g being the gate. */
  public static void selfGatedBackward(
      double a, double b, Tensor[] in, Tensor[] out, Workspace workspace) {
    apply(
        in[0],
        in[1],
        out[0],
        workspace,
        (x, dy, length, at) -> selfGatedBackwardTile((float) a, (float) b, x, dy, length));
  }

  private static void selfGatedBackwardTile(float a, float b, float[] x, float[] dy, int length) {
    for (int i = 0; i < length; i += SimdMath.LANES) {
      FloatVector v = SimdMath.load(x, i);
      FloatVector square = v.mul(v).mul(b);
      FloatVector gate = SimdMath.sigmoid(v.mul(square.add(a)));
      FloatVector slope = square.mul(3f).add(a).mul(v).mul(gate.neg().add(1f)).add(1f);
      SimdMath.load(dy, i).mul(gate).mul(slope).intoArray(x, i);
    }
  }

  public static void dropout(DropoutOp op, Tensor[] in, Tensor[] out, Workspace workspace) {
    int key = op.key(in[1].ints()[0], in[1].ints()[1]);
    int threshold = op.threshold();
    float scale = op.scale();
    apply(
        in[0],
        in[0],
        out[0],
        workspace,
        (x, y, length, at) ->
            dropoutTile(x, length, key + at * CounterRandom.STEP, threshold, scale));
  }

  /**
   * Random bits minus threshold are negative where an element is dropped; their sign, spread over
   * all bits, masks the bits of the element. On Java 17 that is several times faster than a vector
   * mask that changes its type.
   */
  private static void dropoutTile(float[] x, int length, int key, int threshold, float scale) {
    IntVector counters = IntVector.zero(INTS).addIndex(1).mul(CounterRandom.STEP).add(key);
    for (int i = 0; i < length; i += SimdMath.LANES) {
      IntVector random = mix(counters).lanewise(VectorOperators.LSHR, 1);
      IntVector kept = random.sub(threshold).lanewise(VectorOperators.ASHR, 31).not();
      FloatVector scaled = SimdMath.load(x, i).mul(scale);
      scaled.reinterpretAsInts().and(kept).reinterpretAsFloats().intoArray(x, i);
      counters = counters.add(SimdMath.LANES * CounterRandom.STEP);
    }
  }

  /** {@link CounterRandom#mix} of every lane. */
  private static IntVector mix(IntVector x) {
    IntVector h = xorShift(x, 16).mul(CounterRandom.MULTIPLIER_1);
    h = xorShift(h, 15).mul(CounterRandom.MULTIPLIER_2);
    return xorShift(h, 16);
  }

  private static IntVector xorShift(IntVector x, int bits) {
    return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, bits));
  }
}
