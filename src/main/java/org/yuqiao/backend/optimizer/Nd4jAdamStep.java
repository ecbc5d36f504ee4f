package org.yuqiao.backend.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link AdamStep} with ND4J's own ops: any device, any floating-point type. */
public final class Nd4jAdamStep implements AdamStep {
  private final Hyperparameters hyperparameters;

  public Nd4jAdamStep(Hyperparameters hyperparameters) {
    this.hyperparameters = hyperparameters;
  }

  private static INDArray range(INDArray flat, int from, int to) {
    return flat.get(NDArrayIndex.interval(from, to));
  }

  @Override
  public double sumInto(INDArray[] gradients, int from, int to) {
    if (from == to) {
      return 0; // ND4J has no empty ranges.
    }
    INDArray total = range(gradients[0], from, to);
    for (int i = 1; i < gradients.length; i++) {
      total.addi(range(gradients[i], from, to));
    }
    double norm = total.norm2Number().doubleValue();
    return norm * norm;
  }

  /** m = b1 m + (1-b1) g, v = b2 v + (1-b2) g g, w = decay w - stepSize m / (sqrt(v) + epsilon). */
  @Override
  public void update(
      State state,
      INDArray gradient,
      int from,
      int to,
      double gradientScale,
      double learningRate,
      long step) {
    if (from == to) {
      return; // ND4J has no empty ranges.
    }
    double beta1 = hyperparameters.beta1();
    double beta2 = hyperparameters.beta2();
    Coefficients coefficients = hyperparameters.at(step, learningRate);
    INDArray g = range(gradient, from, to).mul(gradientScale);
    INDArray m = range(state.firstMoment(), from, to).muli(beta1).addi(g.mul(1 - beta1));
    INDArray v = range(state.secondMoment(), from, to).muli(beta2).addi(g.mul(g).muli(1 - beta2));
    INDArray root = Transforms.sqrt(v, true).addi(coefficients.epsilon());
    INDArray move = m.div(root).muli(coefficients.stepSize());
    range(state.parameters(), from, to).muli(coefficients.decay()).subi(move);
  }
}
