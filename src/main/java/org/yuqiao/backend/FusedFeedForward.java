package org.yuqiao.backend;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A feed-forward network, act(x W1 + b1) W2 + b2, some rows at a time: what lies between the two
 * products is four times as wide as x and would leave the second-level cache before it is read
 * again.
 */
final class FusedFeedForward implements MergedSteps.Finder {
  /** Enough for products to run at full speed. */
  private static final int MOST_ROWS = 128;

  private static final Set<String> ACTIVATIONS = Set.of("relu", "yuqiao_self_gated");

  private final PackedWeights weights;

  /** Networks whose matrices are among {@code weights}. */
  FusedFeedForward(PackedWeights weights) {
    this.weights = weights;
  }

  /**
   * Some rows after the others.
   *
   * @param first x, W1 and b1 to what is inside
   * @param second what is inside, W2 and b2 to the result
   */
  private record Rows(Kernel first, Kernel activation, Kernel second) implements Kernel {
    @Override
    public long[][] outputShapes(long[][] in) {
      long[] inside = first.outputShapes(new long[][] {in[0], in[1], in[2]})[0];
      return second.outputShapes(new long[][] {inside, in[3], in[4]});
    }

    @Override
    public void run(Tensor[] in, Tensor[] out, Scratch scratch) {
      int rows = in[0].rows();
      for (int row = 0; row < rows; row += MOST_ROWS) {
        int count = Math.min(MOST_ROWS, rows - row);
        Tensor[] inside = {scratch.tensor(count, in[2].width())};
        first.run(new Tensor[] {in[0].rows(row, count), in[1], in[2]}, inside, scratch);
        activation.run(inside, inside, scratch);
        Tensor[] result = {out[0].rows(row, count)};
        second.run(new Tensor[] {inside[0], in[3], in[4]}, result, scratch);
      }
    }
  }

  @Override
  public Optional<MergedSteps.Chain> find(Plan.Step last, MergedSteps.Makers makers) {
    if (!isProduct(last)) {
      return Optional.empty();
    }
    return makers
        .of(last.inputs()[0])
        .filter(step -> ACTIVATIONS.contains(step.op().opName()))
        .flatMap(
            activation ->
                makers
                    .of(activation.inputs()[0])
                    .filter(FusedFeedForward::isProduct)
                    .map(first -> chain(first, activation, last)));
  }

  /** With a weight and a bias. */
  private static boolean isProduct(Plan.Step step) {
    return PackedWeights.areFactorOf(step.op()) && step.inputs().length == 3;
  }

  private MergedSteps.Chain chain(Plan.Step first, Plan.Step activation, Plan.Step second) {
    int[] inputs = {
      first.inputs()[0],
      first.inputs()[1],
      first.inputs()[2],
      second.inputs()[1],
      second.inputs()[2]
    };
    Kernel kernel = new Rows(kernel(first), kernel(activation), kernel(second));
    return new MergedSteps.Chain(List.of(first, activation, second), inputs, kernel);
  }

  private Kernel kernel(Plan.Step step) {
    return Kernels.of(step.op(), weights).orElseThrow();
  }
}
