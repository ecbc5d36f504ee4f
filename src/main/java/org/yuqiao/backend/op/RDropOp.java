package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The divergence of R-Drop (Liang et al. 2021, section 2.1), summed over unmasked tokens.
 *
 * <p>The second half of a batch repeats the first, with other dropout. With p and q the softmax of
 * the same row of both halves, a token costs (KL(p || q) + KL(q || p)) / 2. Logits are {@code [2B,
 * T, V]}, the mask {@code [2B, T]}.
 *
 * <p>Outputs: the divergence {@code [1]}, and for the backward pass the log-normalizer of every row
 * and its divergence from its copy, {@code [2B, T]} each.
 */
public final class RDropOp extends CustomOp {
  private RDropOp(SameDiff graph, SDVariable... args) {
    super(graph, 3, args);
  }

  @Override
  public String opName() {
    return "yuqiao_r_drop";
  }

  /** The divergence of both halves of {@code logits}. */
  public static SDVariable of(SDVariable logits, SDVariable mask) {
    return new RDropOp(logits.getSameDiff(), logits, mask).outputVariables()[0];
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{1}, in[1], in[1]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray logits = rows(in[0]);
    INDArray mask = in[1].reshape(in[1].length());
    long rows = logits.rows();
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      if (mask.getDouble(i) != 0) {
        INDArray own = logits.getRow(i);
        double divergence = divergence(own, logits.getRow((i + rows / 2) % rows));
        out[1].putScalar(i, CrossEntropyOp.logNormalizer(own));
        out[2].putScalar(i, divergence);
        sum += divergence / 2;
      }
    }
    out[0].putScalar(0, sum);
  }

  // Transforms.exp copies; Nd4j.math().exp writes into its argument (Nd4jDefectsTest).
  private static INDArray logProbabilities(INDArray row) {
    return row.sub(CrossEntropyOp.logNormalizer(row));
  }

  private static double divergence(INDArray row, INDArray other) {
    INDArray logs = logProbabilities(row);
    return Transforms.exp(logs).mul(logs.sub(logProbabilities(other))).sumNumber().doubleValue();
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    SDVariable[] outputs = outputVariables();
    SDVariable logits =
        new Gradient(sameDiff, args[0], args[1], outputs[1], outputs[2], gradients.get(0))
            .outputVariable();
    return List.of(logits, args[1]);
  }

  /**
   * dlogits = (p (log p - log q - KL(p || q)) + p - q) / 2 dloss on unmasked tokens, 0 elsewhere.
   */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_r_drop_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray logits = rows(in[0]);
      INDArray result = rows(out[0]);
      INDArray mask = in[1].reshape(in[1].length());
      long rows = logits.rows();
      double scale = in[4].getDouble(0) / 2;
      for (int i = 0; i < rows; i++) {
        if (mask.getDouble(i) != 0) {
          int copy = (int) ((i + rows / 2) % rows);
          INDArray ownLogs = logits.getRow(i).sub(in[2].getDouble(i));
          INDArray logs = logits.getRow(copy).sub(in[2].getDouble(copy));
          INDArray p = Transforms.exp(ownLogs);
          INDArray change = p.mul(ownLogs.sub(logs).sub(in[3].getDouble(i)));
          result.putRow(i, change.add(p).sub(Transforms.exp(logs)).mul(scale));
        }
      }
    }
  }
}
