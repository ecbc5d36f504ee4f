package org.yuqiao.backend;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** From logits to log-probabilities over the last axis: x - log sum exp x, {@code [.., V]}. */
public final class LogSoftmaxOp extends JavaOp {
  private LogSoftmaxOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_log_softmax";
  }

  /** Normalises {@code logits}. */
  public static SDVariable of(SDVariable logits) {
    return new LogSoftmaxOp(logits.getSameDiff(), logits).outputVariable();
  }

  @Override
  long[][] outputShapes(long[][] in) {
    return new long[][] {in[0]};
  }

  @Override
  void reference(INDArray[] in, INDArray[] out) {
    INDArray x = rows(in[0]);
    INDArray shifted = x.subColumnVector(x.max(true, 1));
    INDArray normaliser = Transforms.log(Transforms.exp(shifted).sum(true, 1));
    rows(out[0]).assign(shifted.subColumnVector(normaliser));
  }

  static void kernel(Tensor[] in, Tensor[] out, Scratch scratch) {
    int width = in[0].width();
    int padded = Lanes.padded(width);
    float[] row = scratch.array(0, padded);
    for (int at = 0; at < in[0].size(); at += width) {
      in[0].read(at, row, 0, width);
      Arrays.fill(row, width, padded, Float.NEGATIVE_INFINITY);
      float normaliser = (float) CrossEntropyKernel.logNormaliser(row, padded);
      for (int i = 0; i < padded; i += Lanes.COUNT) {
        Lanes.load(row, i).sub(normaliser).intoArray(row, i);
      }
      out[0].write(at, row, 0, width);
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("used in decoding only");
  }
}
