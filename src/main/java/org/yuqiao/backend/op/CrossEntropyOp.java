package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Label-smoothed cross-entropy, summed over unmasked tokens (Szegedy et al. 2016, section 7).
 *
 * <p>With p the softmax of a row of logits {@code [B, T, V]}, y its target in {@code [B, T]} and e
 * the smoothing, a token costs (1 - e) (-log p[y]) + e/V sum over v of (-log p[v]), or 0 where mask
 * {@code [B, T]} is 0.
 *
 * <p>Outputs: the smoothed loss {@code [1]}, the negative log-likelihood {@code [1]} (for
 * perplexity), and the log-normalizer of every row {@code [B, T]}, which saves the backward pass a
 * reduction.
 *
 * <p>ND4J's own loss ops ignore the incoming gradient and smooth over the wrong axis.
 */
public final class CrossEntropyOp extends CustomOp {
  private final double smoothing;

  private CrossEntropyOp(SameDiff graph, double smoothing, SDVariable... args) {
    super(graph, 3, args);
    this.smoothing = smoothing;
  }

  @Override
  public String opName() {
    return "yuqiao_cross_entropy";
  }

  /** Loss and negative log-likelihood, summed over the unmasked tokens. */
  public record Result(SDVariable loss, SDVariable negativeLogLikelihood) {}

  /** The cross-entropy of {@code logits} and {@code targets}. */
  public static Result of(
      SDVariable logits, SDVariable targets, SDVariable mask, double smoothing) {
    SDVariable[] out =
        new CrossEntropyOp(logits.getSameDiff(), smoothing, logits, targets, mask)
            .outputVariables();
    return new Result(out[0], out[1]);
  }

  public double smoothing() {
    return smoothing;
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{1}, {1}, in[1]};
  }

  static double logNormalizer(INDArray row) {
    double max = row.maxNumber().doubleValue();
    double sum = 0;
    for (int v = 0; v < row.length(); v++) {
      sum += Math.exp(row.getDouble(v) - max);
    }
    return max + Math.log(sum);
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray logits = rows(in[0]);
    INDArray targets = in[1].reshape(in[1].length());
    INDArray mask = in[2].reshape(in[2].length());
    double loss = 0;
    double likelihood = 0;
    for (int i = 0; i < targets.length(); i++) {
      INDArray row = logits.getRow(i);
      double normalizer = logNormalizer(row);
      out[2].putScalar(i, normalizer);
      if (mask.getDouble(i) != 0) {
        double nll = normalizer - row.getDouble(targets.getInt(i));
        double uniform = normalizer - row.sumNumber().doubleValue() / row.length();
        likelihood += nll;
        loss += (1 - smoothing) * nll + smoothing * uniform;
      }
    }
    out[0].putScalar(0, loss);
    out[1].putScalar(0, likelihood);
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    SDVariable normalizer = outputVariables()[2];
    SDVariable logits =
        new Gradient(sameDiff, smoothing, args[0], args[1], args[2], normalizer, gradients.get(0))
            .outputVariable();
    return List.of(logits, args[1], args[2]);
  }

  /** dlogits = (p - (1 - e) onehot(y) - e/V) dloss on unmasked tokens, 0 elsewhere. */
  public static final class Gradient extends GradientOp {
    private final double smoothing;

    Gradient(SameDiff graph, double smoothing, SDVariable... args) {
      super(graph, 1, args);
      this.smoothing = smoothing;
    }

    @Override
    public String opName() {
      return "yuqiao_cross_entropy_bp";
    }

    public double smoothing() {
      return smoothing;
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray logits = rows(in[0]);
      INDArray result = rows(out[0]);
      INDArray targets = in[1].reshape(in[1].length());
      INDArray mask = in[2].reshape(in[2].length());
      double scale = in[4].getDouble(0);
      for (int i = 0; i < targets.length(); i++) {
        if (mask.getDouble(i) != 0) {
          INDArray p = Nd4j.math().exp(logits.getRow(i).sub(in[3].getDouble(i)));
          p.subi(smoothing / p.length());
          int y = targets.getInt(i);
          p.putScalar(y, p.getDouble(y) - (1 - smoothing));
          result.putRow(i, p.mul(scale));
        }
      }
    }
  }
}
