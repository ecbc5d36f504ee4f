package org.yuqiao.backend.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Embedding lookup: the rows of table {@code [V, D]} with ids {@code [B, T]}, {@code [B, T, D]}.
 * Its gradient adds each row of dy to the row of its id.
 *
 * <p>ND4J's own gather has a gradient that reads wrong rows and assigns instead of adding;
 * embedding_lookup has none.
 */
public final class EmbeddingLookupOp extends CustomOp {
  private EmbeddingLookupOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_embedding";
  }

  /** The rows of {@code table} with these {@code ids}. */
  public static SDVariable of(SDVariable table, SDVariable ids) {
    return new EmbeddingLookupOp(table.getSameDiff(), table, ids).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    return new long[][] {{in[1][0], in[1][1], in[0][1]}};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    INDArray ids = in[1].reshape(in[1].length());
    INDArray result = rows(out[0]);
    for (int i = 0; i < ids.length(); i++) {
      result.putRow(i, in[0].getRow(ids.getLong(i)));
    }
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    return List.of(
        new Gradient(sameDiff, args[0], args[1], gradients.get(0)).outputVariable(), args[1]);
  }

  /** Scatter-add of dy {@code [B, T, D]} into zeros of the table's shape. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 1, args);
    }

    @Override
    public String opName() {
      return "yuqiao_embedding_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray ids = in[1].reshape(in[1].length());
      INDArray dy = rows(in[2]);
      for (int i = 0; i < ids.length(); i++) {
        out[0].get(NDArrayIndex.point(ids.getLong(i)), NDArrayIndex.all()).addi(dy.getRow(i));
      }
    }
  }
}
