package org.yuqiao.embedding.word2vec;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.yuqiao.backend.simd.SimdMath;

/** Microseconds of the inner loop of Word2Vec: one step of the output layer with 5 negatives. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OutputLayerBenchmark {
  private static final int WORDS = 1000;
  private static final int TARGETS = 6;
  private static final float LEARNING_RATE = 1e-6f;

  @Param({"100", "300"})
  public int dimension;

  /** Hidden vectors that share the negatives: 1 for CBOW, more for skip-gram. */
  @Param({"1", "5"})
  public int hiddenVectors;

  private OutputLayer layer;
  private Targets targets;
  private float[] hidden;
  private float[] gradient;
  private int[] starts;

  @Setup
  public void fill() {
    int stride = SimdMath.padded(dimension);
    layer = new OutputLayer(random(WORDS * stride), stride, hiddenVectors, TARGETS);
    hidden = random(hiddenVectors * stride);
    gradient = new float[hiddenVectors * stride];
    starts = new int[hiddenVectors];
    for (int i = 0; i < hiddenVectors; i++) {
      starts[i] = i * stride;
    }
    targets = new Targets(TARGETS);
    for (int t = 0; t < TARGETS; t++) {
      targets.add(t * 97 * stride, t == 0 ? 1 : 0);
    }
  }

  private static float[] random(int length) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian() / 10;
    }
    return values;
  }

  @Benchmark
  public float[] step() {
    layer.step(hidden, starts, hiddenVectors, targets, LEARNING_RATE, gradient);
    return gradient;
  }
}
