package org.yuqiao.backend.kernel;

import static org.yuqiao.backend.kernel.KernelBenchmark.random;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.tensor.Tensor;

/** Microseconds of a decoding step's attention, 16 sentences of one query: fused or in 3 steps. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodingAttentionBenchmark {
  private static final int SENTENCES = 16;
  private static final int HEADS = 4;
  private static final int WIDTH = 256;
  private static final float SCALE = 0.125f;

  @Param({"8", "32", "128"})
  public int keys;

  private final Workspace workspace = new Workspace();
  private Tensor query;
  private Tensor key;
  private Tensor value;
  private Tensor mask;
  private Tensor scores;
  private Tensor context;

  @Setup
  public void fill() {
    query = random(SENTENCES, 1, WIDTH);
    key = random(SENTENCES, keys, WIDTH);
    value = random(SENTENCES, keys, WIDTH);
    mask = random(SENTENCES, keys);
    float[] ones = new float[mask.size()];
    Arrays.fill(ones, 1);
    mask.write(0, ones, 0, ones.length);
    scores = random(SENTENCES, HEADS, 1, keys);
    context = random(SENTENCES, 1, WIDTH);
  }

  @Benchmark
  public Tensor fused() {
    workspace.releaseTo(0);
    Tensor[] in = {query, key, mask, value};
    FusedAttentionKernel.run(HEADS, SCALE, in, context, workspace);
    return context;
  }

  @Benchmark
  public Tensor threeSteps() {
    workspace.releaseTo(0);
    DecodingAttentionKernel.scores(HEADS, SCALE, new Tensor[] {query, key}, scores, workspace);
    MaskedSoftmaxKernel.forward(false, new Tensor[] {scores, mask}, scores, workspace);
    DecodingAttentionKernel.context(new Tensor[] {scores, value}, context, workspace);
    return context;
  }
}
