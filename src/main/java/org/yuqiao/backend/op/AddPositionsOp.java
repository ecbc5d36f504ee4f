package org.yuqiao.backend.op;

import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Adds position embeddings: y[b, t, :] = x[b, t, :] + table[t, :], x {@code [B, T, D]}, table
 * {@code [P, D]} with P at least T.
 *
 * <p>One op instead of a slice and a broadcast, whose ND4J gradients copy everything twice.
 */
public final class AddPositionsOp extends CustomOp {
  private AddPositionsOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_add_positions";
  }

  /**
   * Adds row {@code first} + t of {@code table} to position t of {@code x}.
   *
   * @param first the position at which {@code x} begins, an int32 placeholder {@code [1]} for
   *     decoding; empty for 0
   */
  public static SDVariable of(SDVariable x, SDVariable table, Optional<SDVariable> first) {
    return new AddPositionsOp(x.getSameDiff(), withLast(first, x, table)).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    if (in[0][1] > in[1][0]) {
      throw new IllegalArgumentException(
          "a sequence of " + in[0][1] + " positions, but the table holds " + in[1][0]);
    }
    return new long[][] {in[0]};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    int first = firstPosition(in, 2);
    INDArray table =
        in[1].get(NDArrayIndex.interval(first, first + in[0].size(1)), NDArrayIndex.all());
    for (int b = 0; b < in[0].size(0); b++) {
      out[0]
          .get(NDArrayIndex.point(b), NDArrayIndex.all(), NDArrayIndex.all())
          .assign(
              in[0].get(NDArrayIndex.point(b), NDArrayIndex.all(), NDArrayIndex.all()).add(table));
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    if (args.length == 3) {
      throw new UnsupportedOperationException("a first position is for decoding only");
    }
    SDVariable table = new TableGradient(sameDiff, args[1], gradients.get(0)).outputVariable();
    return List.of(gradients.get(0), table);
  }

  /** dtable[t, :] = sum over b of dy[b, t, :]; used for learned positions only. */
  public static final class TableGradient extends GradientOp {
    TableGradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_add_positions_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      out[0].get(NDArrayIndex.interval(0, in[1].size(1)), NDArrayIndex.all()).assign(in[1].sum(0));
    }
  }
}
