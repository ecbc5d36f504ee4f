package org.yuqiao.backend.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Shapes;
import org.yuqiao.backend.tensor.Tensor;

/** Microseconds of layer normalization and softmax as in a training step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {
  private static final int SENTENCES = 16;
  private static final int LENGTH = 32;
  private static final int HEADS = 4;

  @Param({"128", "256", "512"})
  public int width;

  /**
   * Whether the process has computed with vectors of another width before: then the compiler of
   * Java 17 makes objects of the vectors of some kernels.
   */
  @Param({"false", "true"})
  public boolean secondWidth;

  private final Workspace workspace = new Workspace();
  private Tensor[] norm;
  private Tensor normalized;
  private Tensor[] gradients;
  private Tensor[] attention;
  private Tensor weights;

  @Setup
  public void fill() {
    norm = new Tensor[] {random(SENTENCES, LENGTH, width), random(width), random(width)};
    normalized = random(SENTENCES, LENGTH, width);
    gradients = new Tensor[] {random(SENTENCES, LENGTH, width), random(width), random(width)};
    if (secondWidth) {
      useSecondWidth();
    }
    Tensor mask = random(SENTENCES, LENGTH);
    float[] ones = new float[mask.size()];
    Arrays.fill(ones, 1);
    mask.write(0, ones, 0, ones.length);
    attention = new Tensor[] {random(SENTENCES, HEADS, LENGTH, LENGTH), mask};
    weights = random(SENTENCES, HEADS, LENGTH, LENGTH);
  }

  private static void useSecondWidth() {
    VectorSpecies<Float> species =
        SimdMath.LANES == 8 ? FloatVector.SPECIES_128 : FloatVector.SPECIES_256;
    float[] x = new float[1024];
    for (int i = 0; i < 1_000_000; i++) {
      int at = i % (x.length - species.length());
      FloatVector v = FloatVector.fromArray(species, x, at);
      v.sub(1f).mul(2f).fma(v, v).add(v).intoArray(x, at);
    }
  }

  static Tensor random(long... shape) {
    SplittableRandom random = new SplittableRandom(1);
    Tensor tensor = Tensor.floats(Tensor.Block.allocate((int) Shapes.size(shape)), shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.put(i, (float) random.nextGaussian());
    }
    return tensor;
  }

  /** 512 rows of the model width. */
  @Benchmark
  public Tensor layerNorm() {
    workspace.releaseTo(0);
    LayerNormKernel.forward(norm, normalized, workspace);
    return normalized;
  }

  /** The gradient of 512 rows. */
  @Benchmark
  public Tensor[] layerNormGradient() {
    workspace.releaseTo(0);
    LayerNormKernel.backward(new Tensor[] {norm[0], norm[1], normalized}, gradients, workspace);
    return gradients;
  }

  /** 2,048 rows of 32 scores, causal; the same at every width. */
  @Benchmark
  public Tensor maskedSoftmax() {
    workspace.releaseTo(0);
    MaskedSoftmaxKernel.forward(true, attention, weights, workspace);
    return weights;
  }
}
