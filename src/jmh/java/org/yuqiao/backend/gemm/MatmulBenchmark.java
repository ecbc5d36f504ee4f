package org.yuqiao.backend.gemm;

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
import org.yuqiao.backend.compute.Compute;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.backend.gemm.int8.QuantizedMatrix;
import org.yuqiao.backend.tensor.Tensor;

/** Microseconds of a matmul with a weight matrix, by number of rows, size and way to compute it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatmulBenchmark {
  /** Ways to compute it; ONEDNN needs a machine where oneDNN is used. */
  public enum Method {
    /** OpenBLAS, or oneDNN for large matmuls, as in training. */
    GEMM,
    /** Inputs rounded to bfloat16, large matmuls, as in training; needs AVX512-BF16. */
    BFLOAT16,
    /** Panels with the Vector API, as in decoding without oneDNN. */
    PANELS,
    /** oneDNN's layout, as in decoding. */
    ONEDNN,
    /** int8 weights, by oneDNN with VNNI or else with the Vector API. */
    INT8
  }

  @Param({"1", "16", "256"})
  public int rows;

  /** Inputs x outputs. */
  @Param({"256x256", "256x1024", "1024x256", "256x8000"})
  public String size;

  @Param public Method method;

  private Workspace workspace = new Workspace();
  private Tensor x;
  private Tensor w;
  private Tensor y;
  private WeightMatrix matrix;

  @Setup
  public void fill() {
    int inputs = Integer.parseInt(size.split("x")[0]);
    int outputs = Integer.parseInt(size.split("x")[1]);
    x = random(rows, inputs);
    w = random(inputs, outputs);
    y = random(rows, outputs);
    matrix = layout();
  }

  private WeightMatrix layout() {
    return switch (method) {
      case GEMM -> new PlainMatrix();
      case BFLOAT16 -> {
        if (!Compute.here().usesBfloat16()) {
          throw new IllegalStateException("no bfloat16: " + Compute.here().description());
        }
        workspace = new Workspace(MatmulPrecision.BFLOAT16);
        yield new PlainMatrix();
      }
      case PANELS -> new PackedMatrix(w, false);
      case ONEDNN -> {
        if (!Compute.here().usesOneDnn()) {
          throw new IllegalStateException("no oneDNN: " + Compute.here().description());
        }
        yield new OneDnnMatrix(w, false);
      }
      case INT8 -> new QuantizedMatrix(w, false);
    };
  }

  /** The weight as it is. */
  private static final class PlainMatrix implements WeightMatrix {
    @Override
    public void refresh(Tensor weight) {
      // Nothing is laid out.
    }

    @Override
    public void multiply(Tensor[] in, Tensor y, Workspace workspace) {
      NativeMatrix result = NativeMatrix.of(y);
      workspace.gemm().multiplyLarge(NativeMatrix.of(in[0]), NativeMatrix.of(in[1]), result, 0);
    }
  }

  private static Tensor random(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(1);
    long[] shape = {rows, columns};
    Tensor tensor = Tensor.floats(Tensor.Block.allocate(rows * columns), shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.put(i, (float) random.nextGaussian());
    }
    return tensor;
  }

  @Benchmark
  public Tensor multiply() {
    workspace.releaseTo(0);
    matrix.multiply(new Tensor[] {x, w}, y, workspace);
    return y;
  }
}
