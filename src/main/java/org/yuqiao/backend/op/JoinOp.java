package org.yuqiao.backend.op;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Concatenation along the last axis: x {@code [.., I]} and y {@code [.., J]} to {@code [.., I +
 * J]}, e.g. the states of both directions of a token (Bahdanau et al. 2015, section 3.2).
 */
public final class JoinOp extends CustomOp {
  private JoinOp(SameDiff graph, SDVariable... args) {
    super(graph, 1, args);
  }

  @Override
  public String opName() {
    return "yuqiao_join";
  }

  /** [x; y]. */
  public static SDVariable of(SDVariable x, SDVariable y) {
    return new JoinOp(x.getSameDiff(), x, y).outputVariable();
  }

  @Override
  public long[][] outputShapes(long[][] in) {
    long[] shape = in[0].clone();
    shape[shape.length - 1] += in[1][shape.length - 1];
    return new long[][] {shape};
  }

  @Override
  public void reference(INDArray[] in, INDArray[] out) {
    rows(out[0]).assign(Nd4j.hstack(rows(in[0].dup('c')), rows(in[1].dup('c'))));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable[] args = args();
    return List.of(new Gradient(sameDiff, args[0], args[1], gradients.get(0)).outputVariables());
  }

  /** The columns of the gradient that belong to each input. */
  public static final class Gradient extends GradientOp {
    Gradient(SameDiff graph, SDVariable... args) {
      super(graph, 2, args);
    }

    @Override
    public String opName() {
      return "yuqiao_join_bp";
    }

    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {in[0], in[1]};
    }

    @Override
    public void reference(INDArray[] in, INDArray[] out) {
      INDArray d = rows(in[2]);
      long left = rows(in[0]).size(1);
      rows(out[0]).assign(d.get(all(), interval(0, left)));
      rows(out[1]).assign(d.get(all(), interval(left, d.size(1))));
    }
  }
}
